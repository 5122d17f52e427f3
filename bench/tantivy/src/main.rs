//! tantivy as one of the engines that cmd/bench compares.
//!
//!     tantivy-bench build DOCUMENTS DIR    index documents (one JSON object a line)
//!     tantivy-bench serve DIR              answer queries from standard input, one a line
//!
//! Documents and queries are those of cmd/bench/corpus.go and queries.go: words come folded and stemmed, parted by spaces.

mod ask;
mod fuzzy;

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, WhitespaceTokenizer};
use tantivy::{Index, IndexWriter, TantivyDocument};

type Failure = Box<dyn std::error::Error>;

/// The fields of a document.
pub struct Fields {
    pub n: Field,
    pub stems: Field,
    pub words: Field,
    pub outlet: Field,
    pub person: Field,
    pub day: Field,
    pub year: Field,
    pub time: Field,
}

fn schema() -> (Schema, Fields) {
    let text = |option, tokenizer| TextOptions::default().set_indexing_options(TextFieldIndexing::default().set_index_option(option).set_tokenizer(tokenizer));
    let mut b = Schema::builder();
    let fields = Fields {
        n: b.add_u64_field("n", FAST),
        // Stored for snippets alone; the size of what is stored is not counted.
        stems: b.add_text_field("stems", text(IndexRecordOption::WithFreqs, "spaces").set_stored()),
        words: b.add_text_field("words", text(IndexRecordOption::WithFreqsAndPositions, "spaces").set_stored()),
        outlet: b.add_text_field("outlet", text(IndexRecordOption::Basic, "raw").set_fast("raw")),
        person: b.add_text_field("person", text(IndexRecordOption::Basic, "raw")),
        day: b.add_i64_field("day", INDEXED | FAST),
        year: b.add_i64_field("year", FAST),
        time: b.add_i64_field("time", FAST),
    };
    (b.build(), fields)
}

fn prepare(index: &Index) {
    index.tokenizers().register("spaces", TextAnalyzer::builder(WhitespaceTokenizer::default()).build());
}

fn build(documents: &str, dir: &str) -> Result<(), Failure> {
    let begun = Instant::now();
    let (schema, f) = schema();
    std::fs::create_dir_all(dir)?;
    let index = Index::create_in_dir(dir, schema)?;
    prepare(&index);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 256 << 20)?;
    let mut n = 0;
    for line in BufReader::with_capacity(1 << 20, File::open(documents)?).lines() {
        let v: Value = serde_json::from_str(&line?)?;
        let mut d = TantivyDocument::new();
        d.add_u64(f.n, v["n"].as_u64().ok_or("no number")?);
        for (name, field) in [("stems", f.stems), ("words", f.words), ("persons", f.person)] {
            for s in v[name].as_array().ok_or("no list")? {
                d.add_text(field, s.as_str().ok_or("no text")?);
            }
        }
        d.add_text(f.outlet, v["outlet"].as_str().ok_or("no outlet")?);
        for (name, field) in [("day", f.day), ("year", f.year), ("time", f.time)] {
            if let Some(x) = v[name].as_i64() {
                d.add_i64(field, x);
            }
        }
        writer.add_document(d)?;
        n += 1;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    let writer: IndexWriter = index.writer_with_num_threads(1, 64 << 20)?;
    writer.garbage_collect_files().wait()?;
    drop(writer);
    println!("{}", json!({"articles": n, "seconds": begun.elapsed().as_secs_f64(), "bytes": size(Path::new(dir))?}));
    Ok(())
}

/// The bytes of an index without its stored texts.
fn size(dir: &Path) -> Result<u64, Failure> {
    let mut n = 0;
    for e in std::fs::read_dir(dir)? {
        let e = e?;
        if e.path().extension().is_none_or(|x| x != "store") {
            n += e.metadata()?.len();
        }
    }
    Ok(n)
}

fn serve(dir: &str) -> Result<(), Failure> {
    let index = Index::open_in_dir(dir)?;
    prepare(&index);
    let (_, fields) = schema();
    let asker = ask::Asker::new(index.reader()?.searcher(), fields);
    println!("ready");
    for line in std::io::stdin().lock().lines() {
        let q: Value = serde_json::from_str(&line?)?;
        let (begun, worked) = (Instant::now(), processor());
        let mut a = match asker.answer(&q) {
            Ok(a) => a,
            Err(e) => json!({"error": e.to_string()}),
        };
        a["cpu"] = json!(processor() - worked);
        a["ns"] = json!(begun.elapsed().as_nanos() as u64);
        println!("{a}");
    }
    Ok(())
}

/// How long this thread has worked, in nanoseconds.
fn processor() -> u64 {
    let mut t = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: t is there to be written to.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut t) };
    t.tv_sec as u64 * 1_000_000_000 + t.tv_nsec as u64
}

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[1..] {
        ["build", documents, dir] => build(documents, dir),
        ["serve", dir] => serve(dir),
        _ => Err("say build DOCUMENTS DIR, or serve DIR".into()),
    }
}
