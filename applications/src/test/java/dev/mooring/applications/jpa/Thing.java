package dev.mooring.applications.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

@Entity
public class Thing {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @Version
    private int version;

    private String name = "";

    protected Thing() {}

    public Thing(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    void rename(String newName) {
        name = newName;
    }
}
