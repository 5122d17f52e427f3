import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;

/** Answers queries with exact totals, by one thread and without a cache of queries. */
final class Asker {
  private static final int EXACT = Integer.MAX_VALUE;
  private static final int MOST_WORDS = 1024; // of those that one misspelt word may mean

  private final IndexSearcher searcher;
  private final UnifiedHighlighter snippets;
  private final Sort newest = new Sort(LongField.newSortField("time", true, SortedNumericSelector.Type.MAX));

  Asker(DirectoryReader reader) {
    searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
    snippets = UnifiedHighlighter.builder(searcher, Builder.SPACES).build();
  }

  void answer(JsonNode q, ObjectNode out) throws IOException {
    Query query = query(q);
    int offset = q.path("offset").asInt(0);
    int most = offset + q.path("size").asInt(20);
    TopDocs top;
    if (q.path("newest").asBoolean()) {
      top = searcher.search(query, new TopFieldCollectorManager(newest, most, null, EXACT));
    } else if (q.path("facets").asBoolean()) {
      TopScoreDocCollector hits = new TopScoreDocCollectorManager(most, null, EXACT).newCollector();
      FacetCounts counts = new FacetCounts(hits);
      searcher.search(query, counts);
      top = hits.topDocs();
      out.put("outlets", counts.outlets(20)).put("years", counts.years());
    } else {
      top = searcher.search(query, new TopScoreDocCollectorManager(most, null, EXACT));
    }
    out.put("total", top.totalHits.value()).put("hits", numbers(top.scoreDocs, offset).size());
    if (q.path("snippets").asBoolean()) {
      int cut = 0;
      for (String s : snippets.highlight(q.has("stems") ? "stems" : "words", query, top)) {
        cut += s == null ? 0 : 1;
      }
      out.put("snippets", cut);
    }
  }

  /** The articles' numbers, which is how this benchmark knows them. */
  private List<Long> numbers(ScoreDoc[] hits, int offset) throws IOException {
    List<Long> out = new ArrayList<>();
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    for (int i = offset; i < hits.length; i++) {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hits[i].doc, leaves));
      NumericDocValues n = leaf.reader().getNumericDocValues("n");
      n.advanceExact(hits[i].doc - leaf.docBase);
      out.add(n.longValue());
    }
    return out;
  }

  private static Query query(JsonNode q) {
    List<Query> scored = new ArrayList<>();
    List<Query> filters = new ArrayList<>();
    switch (q.get("op").asText()) {
      case "all" -> {}
      case "term", "and" -> q.get("stems").forEach(s -> scored.add(new TermQuery(new Term("stems", s.asText()))));
      case "phrase" -> {
        PhraseQuery.Builder b = new PhraseQuery.Builder();
        q.get("words").forEach(w -> b.add(new Term("words", w.asText())));
        scored.add(b.build());
      }
      case "prefix" -> scored.add(new PrefixQuery(new Term("words", q.get("words").get(0).asText())));
      case "fuzzy" -> scored.add(new FuzzyQuery(new Term("words", q.get("words").get(0).asText()), 1, 1, MOST_WORDS, true));
      default -> throw new IllegalArgumentException(q.get("op").asText());
    }
    for (String field : List.of("person", "outlet")) {
      if (q.has(field)) {
        filters.add(new TermQuery(new Term(field, q.get(field).asText())));
      }
    }
    if (q.has("from")) {
      filters.add(IntField.newRangeQuery("day", q.get("from").asInt(), q.get("to").asInt()));
    }
    if (scored.isEmpty() && filters.isEmpty()) {
      return MatchAllDocsQuery.INSTANCE;
    }
    if (scored.size() == 1 && filters.isEmpty()) {
      return scored.get(0);
    }
    BooleanQuery.Builder b = new BooleanQuery.Builder();
    scored.forEach(s -> b.add(s, Occur.MUST));
    filters.forEach(f -> b.add(f, Occur.FILTER));
    return b.build();
  }
}
