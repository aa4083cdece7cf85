// As io.trino.server.TrinoServer of trino-server-main, whose archive is not in every Maven mirror.
public final class TrinoServer {
    public static void main(String[] args) {
        new io.trino.server.Server().start(args[0]);
    }
}
