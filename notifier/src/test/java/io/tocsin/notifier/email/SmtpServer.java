package io.tocsin.notifier.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server on loopback that insists on RFC 5321, on STARTTLS and on a login, and misbehaves
 * when told to.
 */
final class SmtpServer implements AutoCloseable {

  /** What it does to the next connection. */
  enum Script {
    NORMAL,
    /** No greeting comes. */
    SILENT,
    /** The greeting stops half-way. */
    HALF,
    /** It hangs up after the first word. */
    HANG_UP,
    /** It is a web server. */
    NONSENSE,
    /** 451 to a recipient. */
    BUSY,
    /** 550 to every recipient, with the secret in its text. */
    UNKNOWN,
    /** 550 to the first recipient alone. */
    FIRST_UNKNOWN,
    /** It takes no STARTTLS. */
    PLAIN,
    /** It is private from the first byte. */
    IMPLICIT
  }

  private final ServerSocket socket;
  private final SSLContext tls;
  private final String login;
  private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final List<String> mails = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  SmtpServer(SSLContext tls, String username, String password) {
    this.tls = tls;
    this.login = username + "\0" + password;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  void next(Script script) {
    scripts.add(script);
  }

  int connections() {
    return connections.get();
  }

  /** What was taken, headers and body, as it came over the line. */
  List<String> mails() {
    return new ArrayList<>(mails);
  }

  /** What was said against the protocol. */
  List<String> problems() {
    return new ArrayList<>(problems);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        open.add(client);
        connections.incrementAndGet();
        Script script = scripts.isEmpty() ? Script.NORMAL : scripts.poll();
        Thread.ofVirtual().start(() -> serve(client, script));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket client, Script script) {
    try (client) {
      switch (script) {
        case SILENT -> closing.await();
        case HALF -> {
          client.getOutputStream().write("22".getBytes(StandardCharsets.US_ASCII));
          closing.await();
        }
        case NONSENSE -> say(client, "HTTP/1.1 400 Bad Request");
        default -> new Dialogue(client, script).run();
      }
    } catch (IOException e) {
      // The client went away; whether it should have is the test's matter.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(Socket to, String line) throws IOException {
    OutputStream out = to.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** One connection. */
  private final class Dialogue {
    private final Script script;
    private Socket line;
    private BufferedReader in;
    private boolean isPrivate;
    private boolean loggedIn;
    private int recipients;

    Dialogue(Socket client, Script script) throws IOException {
      this.line = client;
      this.script = script;
      this.in = reader(client);
    }

    private static BufferedReader reader(Socket from) throws IOException {
      return new BufferedReader(
          new InputStreamReader(from.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    void run() throws IOException {
      if (script == Script.IMPLICIT) {
        goPrivate();
      }
      say(line, "220 mail.example ESMTP");
      for (String said = in.readLine(); said != null; said = in.readLine()) {
        if (script == Script.HANG_UP || !answer(said)) {
          return;
        }
      }
    }

    private boolean answer(String said) throws IOException {
      String verb = said.toUpperCase(Locale.ROOT).split("[ :]")[0];
      switch (verb) {
        case "EHLO" -> hello();
        case "STARTTLS" -> startTls();
        case "AUTH" -> auth(said);
        case "MAIL" -> say(line, isPrivate && loggedIn ? "250 ok" : "530 5.7.0 not like this");
        case "RCPT" -> say(line, recipient());
        case "DATA" -> data();
        case "RSET", "NOOP" -> say(line, "250 ok");
        case "QUIT" -> {
          say(line, "221 bye");
          return false;
        }
        default -> {
          problems.add(said);
          say(line, "500 what?");
        }
      }
      return true;
    }

    private void hello() throws IOException {
      say(line, "250-mail.example");
      if (!isPrivate && script != Script.PLAIN) {
        say(line, "250-STARTTLS");
      }
      say(line, isPrivate ? "250 AUTH PLAIN" : "250 HELP");
    }

    private void startTls() throws IOException {
      say(line, "220 go ahead");
      goPrivate();
    }

    private void goPrivate() throws IOException {
      SSLSocket upgraded =
          (SSLSocket) tls.getSocketFactory().createSocket(line, null, line.getPort(), true);
      upgraded.setUseClientMode(false);
      upgraded.startHandshake();
      line = upgraded;
      in = reader(upgraded);
      isPrivate = true;
    }

    private void auth(String said) throws IOException {
      String given = said.substring("AUTH PLAIN".length()).strip();
      if (given.isEmpty()) {
        say(line, "334 ");
        given = in.readLine();
      }
      String plain = new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8);
      loggedIn = isPrivate && login.equals(plain.substring(plain.indexOf('\0') + 1));
      say(line, loggedIn ? "235 welcome" : "535 5.7.8 no " + given);
    }

    private String recipient() {
      recipients++;
      return switch (script) {
        case BUSY -> "451 4.3.0 later, please";
        case UNKNOWN -> "550 5.1.1 nobody T0PSECRET here";
        case FIRST_UNKNOWN -> recipients == 1 ? "550 5.1.1 nobody here" : "250 ok";
        default -> "250 ok";
      };
    }

    private void data() throws IOException {
      say(line, "354 go on");
      StringBuilder mail = new StringBuilder();
      for (String next = in.readLine(); !next.equals("."); next = in.readLine()) {
        if (next.length() > 998 || !next.chars().allMatch(c -> c >= 9 && c < 127)) {
          problems.add("line of " + next.length() + ": " + next.substring(0, 20));
        }
        mail.append(next.startsWith(".") ? next.substring(1) : next).append("\r\n");
      }
      if (problems.isEmpty()) {
        mails.add(mail.toString());
        say(line, "250 queued");
      } else {
        say(line, "554 5.6.0 not like this");
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      socket.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
