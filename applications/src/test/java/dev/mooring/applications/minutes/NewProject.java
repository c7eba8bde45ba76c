package dev.mooring.applications.minutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A project as start.spring.io makes it for Spring Web, JDBC API and PostgreSQL Driver. It is compiled and run with the libraries of its
 * {@code pom.xml}, out of this test's class path, because a test has no repository with Mooring's jars in it.
 *
 * @param folder where it is
 */
record NewProject(Path folder) {
    private static final String POM = """
            <?xml version="1.0" encoding="UTF-8"?>
            <project xmlns="http://maven.apache.org/POM/4.0.0">
            \t<modelVersion>4.0.0</modelVersion>
            \t<parent>
            \t\t<groupId>org.springframework.boot</groupId>
            \t\t<artifactId>spring-boot-starter-parent</artifactId>
            \t\t<version>4.1.1</version>
            \t\t<relativePath/> <!-- lookup parent from repository -->
            \t</parent>
            \t<groupId>com.example</groupId>
            \t<artifactId>demo</artifactId>
            \t<version>0.0.1-SNAPSHOT</version>
            \t<properties>
            \t\t<java.version>17</java.version>
            \t</properties>
            \t<dependencies>
            \t\t<dependency>
            \t\t\t<groupId>org.springframework.boot</groupId>
            \t\t\t<artifactId>spring-boot-starter-jdbc</artifactId>
            \t\t</dependency>
            \t\t<dependency>
            \t\t\t<groupId>org.springframework.boot</groupId>
            \t\t\t<artifactId>spring-boot-starter-webmvc</artifactId>
            \t\t</dependency>
            \t\t<dependency>
            \t\t\t<groupId>org.postgresql</groupId>
            \t\t\t<artifactId>postgresql</artifactId>
            \t\t\t<scope>runtime</scope>
            \t\t</dependency>
            \t</dependencies>
            </project>
            """;

    private static final String APPLICATION = """
            package com.example.demo;

            import org.springframework.boot.SpringApplication;
            import org.springframework.boot.autoconfigure.SpringBootApplication;

            @SpringBootApplication
            public class DemoApplication {

            \tpublic static void main(String[] args) {
            \t\tSpringApplication.run(DemoApplication.class, args);
            \t}

            }
            """;

    /** The modules of Boot that the three dependencies bring. */
    private static final Set<String> MODULES = Set.of(
            "spring-boot",
            "spring-boot-autoconfigure",
            "spring-boot-http-converter",
            "spring-boot-jackson",
            "spring-boot-jdbc",
            "spring-boot-persistence",
            "spring-boot-servlet",
            "spring-boot-sql",
            "spring-boot-tomcat",
            "spring-boot-transaction",
            "spring-boot-web-server",
            "spring-boot-webmvc");

    private static final Pattern MODULE = Pattern.compile("(spring-boot[a-z-]*)-\\d[^/]*\\.jar");

    static NewProject in(Path folder) throws IOException {
        NewProject project = new NewProject(folder);
        project.write("pom.xml", POM);
        project.write("src/main/java/com/example/demo/DemoApplication.java", APPLICATION);
        project.write("src/main/resources/application.properties", "spring.application.name=demo\n");
        return project;
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    void addDependency(String xml) throws IOException {
        write("pom.xml", read("pom.xml").replace("\t</dependencies>", xml + "\t</dependencies>"));
    }

    void addProperties(String lines) throws IOException {
        String file = "src/main/resources/application.properties";
        write(file, read(file) + lines);
    }

    /** Adds a class as it stands, in the folder beside the application. */
    void addClass(String java) throws IOException {
        Matcher name = Pattern.compile("public class (\\w+)").matcher(java);
        assertThat(name.find()).isTrue();
        write("src/main/java/com/example/demo/" + name.group(1) + ".java", java);
    }

    /** Compiles it, as Spring Boot's parent does: with the names of parameters. */
    void compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path classes = Files.createDirectories(folder.resolve("target/classes"));
        Files.copy(
                folder.resolve("src/main/resources/application.properties"), classes.resolve("application.properties"));
        try (Stream<Path> sources = Files.list(folder.resolve("src/main/java/com/example/demo"))) {
            List<String> arguments = Stream.concat(
                            Stream.of("-parameters", "-proc:none", "-d", classes.toString(), "-cp", libraries()),
                            sources.map(Path::toString))
                    .toList();
            assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new)))
                    .isZero();
        }
    }

    /** Its own classes and its libraries. */
    String classPath() {
        return folder.resolve("target/classes") + File.pathSeparator + libraries();
    }

    private static String libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(NewProject::isOfThisProject)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Leaves out the tests of this module, and what other applications of this module use. */
    private static boolean isOfThisProject(String element) {
        if (element.isEmpty() || element.contains("test-classes") || element.contains("/testing")) {
            return false;
        }
        Matcher module = MODULE.matcher(Path.of(element).getFileName().toString());
        return !module.matches() || MODULES.contains(module.group(1));
    }
}
