package io.magpie.cluster.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// A file of `deploy/nginx/` as it runs on this machine: nodes, ports and paths take the place of those in it,
/// everything else stays as it is.
///
/// @param folder for what nginx writes
/// @param port of web app, HTTP API, WebSocket and Socket.IO
/// @param tcpPort of protobuf over TCP
/// @param asRoot whether nginx is started by root, and then stays so to reach the folder
record NginxText(Path folder, int port, int tcpPort, boolean asRoot, List<Upstream> nodes) {
    private static final String HOST = "127.0.0.1:";

    /// @param away whether it is sent nothing new
    record Upstream(URI http, URI realtime, URI tcp, boolean away) {
        private String server(String upstream) {
            URI door = switch (upstream) {
                case "magpie_http" -> http;
                case "magpie_tcp" -> tcp;
                default -> realtime;
            };
            return "server " + door.getAuthority() + " max_fails=1 fail_timeout=5s" + (away ? " down;" : ";");
        }
    }

    String of(String file) {
        var text = new StringBuilder();
        String upstream = "";
        boolean listed = false;
        for (String line : file.lines().toList()) {
            String directive = line.strip();
            String indent = line.substring(0, line.indexOf(directive));
            if (directive.startsWith("upstream ")) {
                upstream = directive.split(" ", -1)[1];
                listed = false;
            }
            if (!directive.startsWith("server ") || directive.startsWith("server {")) {
                text.append(indent.isEmpty() ? outer(directive) : indent + inner(directive))
                        .append('\n');
            } else if (!listed) {
                for (Upstream node : nodes) {
                    text.append(indent).append(node.server(upstream)).append('\n');
                }
                listed = true;
            }
        }
        return text.toString();
    }

    private String outer(String directive) {
        return switch (directive.split(" ", 2)[0]) {
            case "user" -> "daemon off;" + (asRoot ? "\nuser root;" : "");
            case "worker_processes" -> "worker_processes 1;";
            case "pid" -> "pid " + folder + "/nginx-own.pid;";
            case "error_log" -> "error_log " + folder + "/error.log;";
            // Only root may raise it.
            case "worker_rlimit_nofile" -> "";
            case "http" -> directive + temporaryFolders();
            default -> directive;
        };
    }

    private String inner(String directive) {
        return switch (directive) {
            case "listen 80;" -> "listen " + HOST + port + ";";
            case "listen 8082;" -> "listen " + HOST + tcpPort + ";";
            default -> directive;
        };
    }

    private String temporaryFolders() {
        var text = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            text.append("\n    %s_temp_path %s/temp/%s;".formatted(kind, folder, kind));
        }
        return text.toString();
    }
}
