package dev.mooring.registry.differential;

import dev.mooring.testing.mlflow.PythonScript;

/** The script that uses MLflow's stock client as a data scientist does. With the argument {@code tracking} it logs a run, too. */
public final class StockClient {
    private StockClient() {}

    /** The script; tell it where the registry is. */
    public static PythonScript script() {
        return PythonScript.beside(StockClient.class, "stock_client.py");
    }
}
