package dev.mooring.cli.service;

/** Answers of a service about its health. */
final class StatusBodies {
    private static final String DATABASE_DOWN = """
            "database":{"status":"down","critical":true,"since":"2026-03-02T03:27:50Z","checked_at":"2026-03-02T03:29:59Z",
            "breaker":"open","retry_after_seconds":1,"last_failure":{"at":"2026-03-02T03:29:59Z","kind":"authentication_failed"}}""";

    private static final String MLFLOW_UP = """
            "mlflow":{"status":"up","critical":false,"since":"2026-03-01T18:20:00Z","response_time_ms":23.2,"breaker":"closed"}""";

    static final String UNHEALTHY =
            """
            {"status":"unhealthy","service":"registry","version":"1.0.0","uptime_seconds":40000.1,"features":[],
            "database":"disconnected","error":"authentication_failed","dependencies":{""" + DATABASE_DOWN + "," + MLFLOW_UP + ",\"redis\":{\"status\":\"disabled\",\"critical\":false}}}";

    static final String UNHEALTHY_DETAILED = UNHEALTHY.substring(0, UNHEALTHY.length() - 1) + """
            ,"warnings":["database: running on fallback name mlflow"],
            "pools":{"database":{"active":0,"idle":0,"waiting":0,"max":20,"acquire_ms":0.1}},
            "queues":{"mlflow":{"pending":14,"oldest_seconds":120,"dead_letters":1}},
            "breakers":{"database":{"state":"open","since":"2026-03-02T03:27:50Z"},
            "mlflow":{"state":"forced_open","since":"2026-03-02T03:15:00Z",
            "forced":{"actor":"night shift","reason":"upgrade","expires_at":"2026-03-02T03:45:00Z"}}}}""";

    static final String HISTORY = """
            {"dependency":"database","changes":[
            {"at":"2026-03-01T18:20:00Z","from":"unknown","to":"up","lasted_seconds":1.0,"cause":"first answer"},
            {"at":"2026-03-02T03:27:50Z","from":"up","to":"down","lasted_seconds":32870.0,"cause":"probes failed",
            "kind":"authentication_failed"}]}""";

    static final String DEGRADED = """
            {"status":"degraded","service":"registry","version":"1.0.0","uptime_seconds":40000.1,"features":[],
            "database":"connected","dependencies":{"database":{"status":"degraded","critical":true,"since":"2026-03-02T03:00:00Z",
            "response_time_ms":0.9,"breaker":"closed","findings":[{"kind":"read_only"}]},""" + MLFLOW_UP + "}}";

    static final String HEALTHY = """
            {"status":"healthy","service":"registry","version":"1.0.0","uptime_seconds":40000.1,"features":[],"dependencies":{""" + MLFLOW_UP + "}}";

    private StatusBodies() {}
}
