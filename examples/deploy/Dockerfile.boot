# A Spring Boot jar. Build where the jar is:
#   docker build --file Dockerfile.boot --build-arg JAR=target/app.jar --tag shop/orders:1.0 .
FROM eclipse-temurin:25-jre AS layers
ARG JAR=target/app.jar
WORKDIR /build
COPY ${JAR} app.jar
# Boot takes its own jar apart: libraries, which change seldom, and the application, which changes with each build.
RUN java -Djarmode=tools -jar app.jar extract --layers --destination extracted

FROM eclipse-temurin:25-jre
# A number, since Kubernetes' runAsNonRoot reads numbers.
USER 10001:10001
WORKDIR /app
COPY --from=layers /build/extracted/dependencies/ ./
COPY --from=layers /build/extracted/spring-boot-loader/ ./
COPY --from=layers /build/extracted/snapshot-dependencies/ ./
COPY --from=layers /build/extracted/application/ ./
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError"
# java is process 1 and gets the SIGTERM by which a container is stopped: a shell would keep it.
ENTRYPOINT ["java", "-jar", "app.jar"]
