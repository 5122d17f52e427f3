import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

/** Counts outlets and years beside another collector: by ordinals and in arrays, the quickest that doc values allow. */
final class FacetCounts implements Collector {
  private static final int FIRST_YEAR = 1500;

  private final Collector hits;
  private final Map<String, Integer> outlets = new HashMap<>();
  private final int[] years = new int[1000];

  FacetCounts(Collector hits) {
    this.hits = hits;
  }

  @Override
  public ScoreMode scoreMode() {
    return hits.scoreMode().needsScores() ? ScoreMode.COMPLETE : ScoreMode.COMPLETE_NO_SCORES;
  }

  @Override
  public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
    LeafCollector inner = hits.getLeafCollector(leaf);
    SortedDocValues outlet = DocValues.getSorted(leaf.reader(), "outlet");
    NumericDocValues year = DocValues.getNumeric(leaf.reader(), "year");
    int[] counts = new int[outlet.getValueCount()];
    return new LeafCollector() {
      @Override
      public void setScorer(Scorable scorer) throws IOException {
        inner.setScorer(scorer);
      }

      @Override
      public void collect(int doc) throws IOException {
        inner.collect(doc);
        if (outlet.advanceExact(doc)) {
          counts[outlet.ordValue()]++;
        }
        if (year.advanceExact(doc)) {
          years[(int) year.longValue() - FIRST_YEAR]++;
        }
      }

      @Override
      public void finish() throws IOException {
        inner.finish();
        for (int i = 0; i < counts.length; i++) {
          if (counts[i] > 0) {
            outlets.merge(outlet.lookupOrd(i).utf8ToString(), counts[i], Integer::sum);
          }
        }
      }
    };
  }

  /** The sum of the counts of the most frequent outlets. */
  int outlets(int most) {
    int[] counts = outlets.values().stream().mapToInt(Integer::intValue).toArray();
    Arrays.sort(counts);
    return Arrays.stream(counts, Math.max(0, counts.length - most), counts.length).sum();
  }

  /** The sum of all years' counts. */
  int years() {
    return Arrays.stream(years).sum();
  }
}
