# One image for every service; the command chooses: `docker run tocsin indexer run --config …`.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
RUN ./mvnw -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --home-dir /var/lib/tocsin --create-home tocsin
COPY --from=build /src/cli/target/app/lib /opt/tocsin/lib
USER tocsin
WORKDIR /var/lib/tocsin
VOLUME /var/lib/tocsin
EXPOSE 8080
ENV TOCSIN_JAVA_OPTS=""
ENTRYPOINT ["sh", "-c", "exec java -XX:MaxRAMPercentage=60 -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow $TOCSIN_JAVA_OPTS -cp '/opt/tocsin/lib/*' io.tocsin.cli.Main \"$@\"", "tocsin"]
