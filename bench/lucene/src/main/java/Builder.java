import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;

/** Fills an index with one thread, and makes one segment of it at the end. */
final class Builder implements AutoCloseable {
  /** Words as they come; a phrase does not reach from one piece of a text into the next. */
  static final Analyzer SPACES =
      new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          return new TokenStreamComponents(new WhitespaceTokenizer());
        }

        @Override
        public int getPositionIncrementGap(String field) {
          return 1000;
        }
      };

  private static final FieldType STEMS = text(IndexOptions.DOCS_AND_FREQS);
  private static final FieldType WORDS = text(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);

  private final IndexWriter writer;

  Builder(Path dir) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(SPACES);
    config.setRAMBufferSizeMB(256).setOpenMode(IndexWriterConfig.OpenMode.CREATE).setUseCompoundFile(false);
    // Stored texts in files of their own, so that their size can be left out.
    config.getMergePolicy().setNoCFSRatio(0);
    writer = new IndexWriter(new MMapDirectory(dir), config);
  }

  private static FieldType text(IndexOptions options) {
    FieldType t = new FieldType();
    t.setTokenized(true);
    t.setIndexOptions(options);
    t.setStored(true); // for snippets alone; the size of what is stored is not counted
    t.freeze();
    return t;
  }

  void add(JsonNode d) throws IOException {
    Document x = new Document();
    x.add(new NumericDocValuesField("n", d.get("n").asLong()));
    for (JsonNode s : d.get("stems")) {
      x.add(new Field("stems", s.asText(), STEMS));
    }
    for (JsonNode s : d.get("words")) {
      x.add(new Field("words", s.asText(), WORDS));
    }
    for (JsonNode p : d.get("persons")) {
      x.add(new StringField("person", p.asText(), Field.Store.NO));
    }
    String outlet = d.get("outlet").asText();
    x.add(new StringField("outlet", outlet, Field.Store.NO));
    x.add(new SortedDocValuesField("outlet", new BytesRef(outlet)));
    if (d.has("day")) {
      x.add(new IntField("day", d.get("day").asInt(), Field.Store.NO));
      x.add(new NumericDocValuesField("year", d.get("year").asLong()));
      x.add(new LongField("time", d.get("time").asLong(), Field.Store.NO));
    }
    writer.addDocument(x);
  }

  @Override
  public void close() throws IOException {
    writer.forceMerge(1);
    writer.commit();
    writer.close();
  }
}
