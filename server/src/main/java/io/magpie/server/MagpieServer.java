package io.magpie.server;

import io.magpie.server.config.CommandLine;
import io.magpie.server.config.SettingException;
import io.magpie.server.config.Settings;
import io.magpie.server.config.SettingsLoader;
import io.magpie.server.tls.Certificates;
import java.io.PrintStream;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// The server program: `./magpie serve`.
@SpringBootApplication(proxyBeanMethods = false)
public class MagpieServer {
    private static final int WRONG_SETTING = 2;
    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

    private static final String HELP = """
            usage: ./magpie serve [OPTION...]

            Runs the server until it gets SIGTERM or Ctrl-C. When it serves it prints one line:
            ready http=HOST:PORT realtime=HOST:PORT tcp=HOST:PORT

              --data FOLDER          where everything is kept (default: ./data)
              --host ADDRESS         the address to listen on (default: 127.0.0.1)
              --http-port PORT       the HTTP API (default: 8080; 0 takes a free one)
              --realtime-port PORT   WebSocket (default: 8081; 0 takes a free one)
              --tcp-port PORT        protobuf over TCP (default: 8082; 0 takes a free one)
              --config FILE          settings (default: ./magpie.yaml if it is there)
              --set KEY=VALUE        one setting, as often as needed
              --debug                show stack traces

            docs/configuration.md explains every setting.
            """;

    /// Ends the process when the start fails: 2 for a wrong setting, 1 for anything else.
    public static void main(String... arguments) {
        // The stack traces it takes of some buffers are a twentieth of the event loops' work; the tests follow
        // every one.
        if (System.getProperty(LEAK_DETECTION) == null) {
            System.setProperty(LEAK_DETECTION, "disabled");
        }
        try {
            CommandLine line = CommandLine.parse(arguments);
            if (line.help()) {
                System.out.print(HELP);
                return;
            }
            Settings settings = new SettingsLoader(System.getenv(), Path.of("")).load(line);
            serve(settings, line.debug());
        } catch (SettingException e) {
            System.err.println("magpie: " + e.getMessage());
            System.exit(WRONG_SETTING);
        }
    }

    private static void serve(Settings settings, boolean debug) {
        try {
            var context = start(settings);
            Shutdown.onSignal(context, settings.node().drainMs());
            announce(context, settings, System.out);
        } catch (SettingException e) {
            throw e;
        } catch (RuntimeException e) {
            System.err.println("magpie: " + StartFailure.sentence(e, settings));
            if (debug) {
                e.printStackTrace();
            }
            System.exit(1);
        }
    }

    /// Serves when it returns. Closing the context drains and stops.
    ///
    /// @throws SettingException if the certificate's files are not what they should be
    public static ConfigurableApplicationContext start(Settings settings) {
        var certificates = Certificates.of(settings.tls());
        var application = new SpringApplication(MagpieServer.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.addInitializers(context -> {
            ((GenericApplicationContext) context).registerBean(Settings.class, () -> settings);
            ((GenericApplicationContext) context).registerBean(Certificates.class, () -> certificates);
        });
        return application.run(SpringProperties.of(settings));
    }

    private static void announce(ConfigurableApplicationContext context, Settings settings, PrintStream out) {
        var doors = context.getBean(Doors.class);
        var welcome = new StartText(settings, doors.httpPort(), doors.realtimePort(), doors.tcpPort());
        if (settings.log().format() == Settings.Format.TEXT) {
            out.print(welcome.text());
        } else if (!welcome.warning().isEmpty()) {
            LoggerFactory.getLogger(MagpieServer.class).warn(welcome.warning());
        }
        out.println(welcome.ready());
        out.flush();
    }
}
