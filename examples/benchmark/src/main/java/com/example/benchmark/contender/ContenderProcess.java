package com.example.benchmark.contender;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A contender as a process: commands come in by line, each is answered by one line. */
public final class ContenderProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ContenderProcess.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private Contender contender;

  private ContenderProcess(String name) {
    this.name = name;
    this.contender = Contenders.named(name);
  }

  /** Serves the contender of the given name until standard input ends. */
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err); // what libraries print must not be taken for an answer
    ContenderProcess process = new ContenderProcess(args[0]);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      answers.println(process.answer(line));
    }
    System.exit(0); // some clients leave threads behind
  }

  private String answer(String line) {
    try {
      return obey(line);
    } catch (Exception e) {
      LOG.error("{}: {}", name, line, e);
      return "error " + e;
    }
  }

  private String obey(String line) throws Exception {
    if (line.startsWith("begin ")) {
      contender = Contenders.named(name);
      contender.begin(JSON.readValue(line.substring("begin ".length()), Order.class));
      return "ok";
    }
    return switch (line) {
      case "await" -> {
        contender.awaitInSync();
        yield "ok";
      }
      case "end" -> {
        contender.close();
        yield "ok";
      }
      case "cpu" -> JSON.writeValueAsString(Map.of("cpuSeconds", cpuSeconds()));
      case "usage" -> JSON.writeValueAsString(usage());
      default -> "error: unknown command " + line;
    };
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  private static Map<String, Object> usage() {
    double cpu = cpuSeconds();
    return Map.of(
        "cpuSeconds",
        cpu,
        "heapBytes",
        heapInUse(),
        "threads",
        ManagementFactory.getThreadMXBean().getThreadCount(),
        "sockets",
        sockets());
  }

  /** The least after some collections: soft caches and finalisation need more than one. */
  private static long heapInUse() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static int sockets() {
    File[] open = new File("/proc/self/fd").listFiles();
    return (int)
        Arrays.stream(open == null ? new File[0] : open).filter(ContenderProcess::isSocket).count();
  }

  private static boolean isSocket(File file) {
    try {
      return Files.readSymbolicLink(file.toPath()).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // closed between the listing and the look
    }
  }
}
