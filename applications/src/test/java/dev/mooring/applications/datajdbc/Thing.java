package dev.mooring.applications.datajdbc;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

@Table("thing")
public record Thing(@Id @Nullable Long id, String name) {}
