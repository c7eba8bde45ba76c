# The registry: docker build --tag registry:1.0.0 .
FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /source
COPY . .
RUN mvn -B -q -pl cli -am -DskipGates -Dmaven.test.skip=true package \
    && java -Djarmode=tools -jar cli/target/launcher/mooring.jar extract --destination /app

FROM eclipse-temurin:21-jre
COPY --from=build /app /app
COPY --chmod=755 container/answers /app/answers
WORKDIR /app
# Java decodes the environment by the locale alone.
ENV LC_ALL=C.UTF-8
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
# As ./mooring starts Java. The options stand here and not in JAVA_TOOL_OPTIONS, which the container's owner sets for the heap.
ENTRYPOINT ["java", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8", "-jar", "/app/mooring.jar"]
CMD ["serve"]
