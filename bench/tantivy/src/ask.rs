//! Queries of cmd/bench as tantivy's, answered with exact totals by one thread.

use std::ops::Bound;

use serde_json::{Value, json};
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::{AggContextParams, AggregationCollector};
use tantivy::collector::{Collector, Count, TopDocs};
use tantivy::columnar::Column;
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, Occur, PhraseQuery, Query, RangeQuery, RegexQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::snippet::SnippetGenerator;
use tantivy::{DocAddress, Order, Searcher, TantivyDocument, Term};

use crate::fuzzy::Fuzzy;
use crate::{Failure, Fields};

pub struct Asker {
    searcher: Searcher,
    fields: Fields,
    numbers: Vec<Column<u64>>, // of each segment
    facets: Aggregations,
}

impl Asker {
    pub fn new(searcher: Searcher, fields: Fields) -> Asker {
        let numbers = searcher.segment_readers().iter().map(|s| s.fast_fields().u64("n").expect("the column of numbers")).collect();
        let facets = serde_json::from_value(json!({"outlet": {"terms": {"field": "outlet", "size": 20}}, "year": {"terms": {"field": "year", "size": 1000}}})).expect("facets");
        Asker { searcher, fields, numbers, facets }
    }

    pub fn answer(&self, q: &Value) -> Result<Value, Failure> {
        let query = self.query(q)?;
        let size = q["size"].as_u64().unwrap_or(20) as usize;
        let top = TopDocs::with_limit(size).and_offset(q["offset"].as_u64().unwrap_or(0) as usize);
        let mut facets = Value::Null;
        let (total, hits): (usize, Vec<DocAddress>) = if q["newest"].as_bool().unwrap_or(false) {
            let (n, top) = self.search(&query, (Count, top.order_by_fast_field::<i64>("time", Order::Desc)))?;
            (n, top.into_iter().map(|h| h.1).collect())
        } else if q["facets"].as_bool().unwrap_or(false) {
            let counts = AggregationCollector::from_aggs(self.facets.clone(), AggContextParams::default());
            let (n, top, counts) = self.search(&query, (Count, top.order_by_score(), counts))?;
            facets = serde_json::to_value(counts)?;
            (n, top.into_iter().map(|h| h.1).collect())
        } else {
            let (n, top) = self.search(&query, (Count, top.order_by_score()))?;
            (n, top.into_iter().map(|h| h.1).collect())
        };
        let numbers: Vec<u64> = hits.iter().filter_map(|h| self.numbers[h.segment_ord as usize].first(h.doc_id)).collect();
        let mut snippets = 0;
        if q["snippets"].as_bool().unwrap_or(false) {
            let field = if q["stems"].is_array() { self.fields.stems } else { self.fields.words };
            let generator = SnippetGenerator::create(&self.searcher, &*query, field)?;
            for h in &hits {
                let d: TantivyDocument = self.searcher.doc(*h)?;
                snippets += usize::from(!generator.snippet_from_doc(&d).to_html().is_empty());
            }
        }
        Ok(json!({"total": total, "hits": numbers.len(), "snippets": snippets, "outlets": sum(&facets["outlet"]), "years": sum(&facets["year"])}))
    }

    fn search<C: Collector>(&self, query: &dyn Query, c: C) -> tantivy::Result<C::Fruit> {
        self.searcher.search(query, &c)
    }

    fn query(&self, q: &Value) -> Result<Box<dyn Query>, Failure> {
        let list = |name: &str| -> Vec<&str> { q[name].as_array().map(|a| a.iter().filter_map(Value::as_str).collect()).unwrap_or_default() };
        let f = &self.fields;
        let term = |field: Field, s: &str| Term::from_field_text(field, s);
        let scored = |t: Term| -> Box<dyn Query> { Box::new(TermQuery::new(t, IndexRecordOption::WithFreqs)) };
        let filter = |q: Box<dyn Query>| -> (Occur, Box<dyn Query>) { (Occur::Must, Box::new(ConstScoreQuery::new(q, 0.0))) };
        let words = list("words");
        let mut parts: Vec<(Occur, Box<dyn Query>)> = match q["op"].as_str().unwrap_or("") {
            "all" => vec![],
            "term" | "and" => list("stems").into_iter().map(|s| (Occur::Must, scored(term(f.stems, s)))).collect(),
            "phrase" => vec![(Occur::Must, Box::new(PhraseQuery::new(words.iter().map(|w| term(f.words, w)).collect())))],
            "prefix" => vec![(Occur::Must, Box::new(RegexQuery::from_pattern(&format!("{}.*", words[0]), f.words)?))],
            "fuzzy" => vec![(Occur::Must, Box::new(Fuzzy(term(f.words, words[0]))))],
            op => return Err(format!("what is {op:?}?").into()),
        };
        for (name, field) in [("person", f.person), ("outlet", f.outlet)] {
            if let Some(s) = q[name].as_str() {
                parts.push(filter(Box::new(TermQuery::new(term(field, s), IndexRecordOption::Basic))));
            }
        }
        if let (Some(from), Some(to)) = (q["from"].as_i64(), q["to"].as_i64()) {
            let bound = |x| Bound::Included(Term::from_field_i64(f.day, x));
            parts.push(filter(Box::new(RangeQuery::new(bound(from), bound(to)))));
        }
        Ok(match parts.len() {
            0 => Box::new(AllQuery),
            1 => parts.remove(0).1,
            _ => Box::new(BooleanQuery::new(parts)),
        })
    }
}

/// The sum of a facet's counts.
fn sum(facet: &Value) -> u64 {
    facet["buckets"].as_array().map(|bs| bs.iter().filter_map(|b| b["doc_count"].as_u64()).sum()).unwrap_or(0)
}
