package io.magpie.chat;

import io.magpie.chat.state.ChatState;
import io.magpie.client.ClientEvent;
import io.magpie.client.ClientRuntime;
import io.magpie.client.ClientSettings;
import io.magpie.client.MagpieClient;
import io.magpie.client.Protocol;
import io.magpie.client.Trust;
import io.magpie.client.copy.FileCopy;
import io.magpie.client.http.MagpieHttp;
import io.magpie.core.device.Device;
import io.magpie.core.device.Platform;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.logging.LogManager;
import javax.net.ssl.SSLContext;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/// `./magpie chat`.
public final class ChatMain {
    private ChatMain() {}

    public static void main(String[] args) {
        if (!List.of(args).contains("--debug")) {
            // What libraries log would be written over the screen.
            LogManager.getLogManager().reset();
        }
        System.exit(run(List.of(args), ChatMain::terminal));
    }

    /// Opens the terminal to chat on; it is closed at the end.
    public interface TerminalSource {
        Terminal open() throws IOException;
    }

    /// Until the user leaves.
    ///
    /// @return the exit status
    public static int run(List<String> args, TerminalSource terminals) {
        PrintStream errors = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        if (args.contains("--help") || args.contains("-h")) {
            System.out.println(Options.HELP);
            return 0;
        }
        boolean debug = args.contains("--debug");
        try {
            chat(Options.parse(args, System.getenv("MAGPIE_PASSWORD"), System.getenv("NO_COLOR") != null), terminals);
            return 0;
        } catch (Options.Misused | Entrance.Refused e) {
            errors.println("magpie chat: " + e.getMessage());
            return 2;
        } catch (IOException | RuntimeException e) {
            errors.println("magpie chat: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            if (debug) {
                e.printStackTrace(errors);
            }
            return 1;
        } catch (InterruptedException _) {
            return 130;
        }
    }

    private static void chat(Options options, TerminalSource terminals)
            throws Entrance.Refused, IOException, InterruptedException {
        SSLContext trust = options.trust() == null ? Trust.usual() : Trust.only(options.trust());
        try (Terminal terminal = terminals.open();
                ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient client = HttpClient.newBuilder()
                        .connectTimeout(Duration.ofSeconds(5))
                        .sslContext(trust)
                        .build();
                ClientRuntime runtime = ClientRuntime.start(trust)) {
            Console console = new Console(terminal);
            MagpieHttp http = new MagpieHttp(client, options.server());
            Device device = new Device(options.device(), platform(), "terminal");
            Entrance entrance = new Entrance(options, http, device, console::ask);
            String username = entrance.username();
            Path directory = options.dataOf(username);
            KeptLogin login = entrance.enter(username, directory);
            try (FileCopy copy = FileCopy.open(directory.resolve(Long.toString(login.userId())))) {
                new Conversation(options, console, runtime, background, http.withToken(login.token()))
                        .hold(login, device, directory, copy);
            }
            client.shutdownNow();
        }
    }

    private static Terminal terminal() throws IOException {
        return TerminalBuilder.builder()
                .system(true)
                .dumb(true)
                .encoding(StandardCharsets.UTF_8)
                .build();
    }

    private static Platform platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return os.contains("mac") ? Platform.MAC : os.contains("win") ? Platform.WINDOWS : Platform.LINUX;
    }

    /// One user's time in the chat.
    private record Conversation(
            Options options, Console console, ClientRuntime runtime, ExecutorService background, MagpieHttp http) {
        void hold(KeptLogin login, Device device, Path directory, FileCopy copy) throws InterruptedException {
            Desk desk = new Desk();
            ChatState state = new ChatState(login.userId(), login.username());
            KeptPeople kept = new KeptPeople(directory);
            kept.load(state.people());
            Listener listener = new Listener(desk);
            ClientSettings settings = ClientSettings.of(
                            options.transport() == Protocol.TCP ? http::tcpGateway : http::gateway,
                            login.token(),
                            device)
                    .over(options.transport());
            try (MagpieClient client = MagpieClient.open(runtime, settings, copy, listener)) {
                Chat chat = new Chat(state, client, http, kept, desk, background, runtime.clock());
                listener.chat = chat;
                if (console.isDumb()) {
                    console.lines(state, chat, desk, listener);
                } else {
                    console.fullScreen(state, chat, desk, options, listener);
                }
            }
        }
    }

    /// Brings the client's events to the desk.
    static final class Listener implements Consumer<ClientEvent> {
        private final Desk desk;

        @Nullable
        Chat chat;

        Consumer<ClientEvent> after = _ -> {};

        Listener(Desk desk) {
            this.desk = desk;
        }

        @Override
        public void accept(ClientEvent event) {
            desk.execute(() -> {
                Chat to = chat;
                if (to != null) {
                    to.on(event);
                    after.accept(event);
                }
            });
        }
    }
}
