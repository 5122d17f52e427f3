import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.MMapDirectory;

/**
 * Lucene as one of the engines that cmd/bench compares.
 *
 * <pre>
 * Engine build DOCUMENTS DIR    index documents (one JSON object a line), in one segment
 * Engine serve DIR              answer queries from standard input, one a line
 * </pre>
 *
 * Documents and queries are those of cmd/bench/corpus.go and queries.go: words come folded and stemmed, parted by
 * spaces.
 */
public final class Engine {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Engine() {}

  public static void main(String[] args) throws Exception {
    if (args.length == 3 && args[0].equals("build")) {
      build(Path.of(args[1]), Path.of(args[2]));
    } else if (args.length == 2 && args[0].equals("serve")) {
      serve(Path.of(args[1]));
    } else {
      throw new IllegalArgumentException("say build DOCUMENTS DIR, or serve DIR");
    }
  }

  private static void build(Path documents, Path dir) throws IOException {
    long begun = System.nanoTime();
    int n = 0;
    try (Builder b = new Builder(dir);
        BufferedReader lines = Files.newBufferedReader(documents)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        b.add(JSON.readTree(line));
        n++;
      }
    }
    ObjectNode out = JSON.createObjectNode();
    out.put("articles", n).put("seconds", (System.nanoTime() - begun) / 1e9).put("bytes", size(dir));
    System.out.println(out);
  }

  /** The bytes of an index without its stored texts. */
  private static long size(Path dir) throws IOException {
    try (var files = Files.list(dir)) {
      return files.filter(f -> !f.toString().matches(".*\\.fd[tmx]")).mapToLong(f -> f.toFile().length()).sum();
    }
  }

  private static void serve(Path dir) throws IOException {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (DirectoryReader reader = DirectoryReader.open(new MMapDirectory(dir))) {
      Asker asker = new Asker(reader);
      out.println("ready");
      out.flush();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode q = JSON.readTree(line);
        ObjectNode a = JSON.createObjectNode();
        long begun = System.nanoTime();
        long worked = threads.getCurrentThreadCpuTime();
        try {
          asker.answer(q, a);
        } catch (RuntimeException | IOException e) {
          a.put("error", e.toString());
        }
        a.put("cpu", threads.getCurrentThreadCpuTime() - worked);
        a.put("ns", System.nanoTime() - begun);
        out.println(a);
        out.flush();
      }
    }
  }
}
