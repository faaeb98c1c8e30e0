//! How queries are read: transcripts and properties of the parser.

use super::ast::{FieldValue, Near, Node, NodeKind};
use super::describe::describe;
use super::parse::{Context, parse};
use chrono::NaiveDate;

fn read(text: &str) -> String {
    let today = NaiveDate::from_ymd_opt(2024, 12, 2).expect("a day");
    match parse(text, &Context { today, any: false }) {
        Ok(parsed) => describe(&parsed.query.root),
        Err(e) => format!("error at {}..{}: {}", e.span.start, e.span.end, e.message),
    }
}

#[test]
fn queries_as_they_are_read() {
    for (query, reading) in [
        ("Poutine Alep", "(Poutine AND Alep)"),
        ("Poutine OR Assad Alep", "(Poutine OR (Assad AND Alep))"),
        ("(Poutine OR Assad) -Alep", "((Poutine OR Assad) AND NOT Alep)"),
        ("NOT NOT Alep", "Alep"),
        ("\"soutien inconditionnel\"", "\"soutien inconditionnel\""),
        ("=Président =\"Le Président\"", "(=Président AND =\"Le Président\")"),
        ("l'accord d’Alep", "(accord AND Alep)"),
        ("cessez-le-feu", "\"cessez le feu\""),
        ("AP: 10 morts", "(AP AND 10 AND morts)"),
        ("h52.1 - kurz", "(\"h52 1\" AND kurz)"),
        ("AT&T ( : wsx", "(\"AT T\" AND wsx)"),
        ("bilan [provisoire {à \\ wsx:", "(bilan AND provisoire AND à AND wsx)"),
        ("agency:IRNA from:\"New York\"", "(agency:IRNA AND from:\"New York\")"),
        ("agency:(AFP OR TASS)", "agency:(AFP OR TASS)"),
        ("person:(Putin NOT Biden)", "(person:Putin AND NOT person:Biden)"),
        ("person:(Putin Biden)", "(person:Putin AND person:Biden)"),
        ("place:((Paris OR \"New York\") -London)", "(place:(Paris OR \"New York\") AND NOT place:London)"),
        ("person:(Putin W/5 =Assad) x", "((person:Putin W/5 person:=Assad) AND x)"),
        ("date:(2024-03 OR 2004)", "(date:2024-03-01..2024-03-31 OR date:2004-01-01..2004-12-31)"),
        ("date:(2 décembre 2024)", "date:2024-12-02..2024-12-02"),
        ("words:(<10 OR >300)", "(words:..9 OR words:301..)"),
        ("agency:* slug:UKR*", "(agency:\"*\" AND slug:\"UKR*\")"),
        ("TRUMP NOT GUILTY ON ALL COUNTS", "(TRUMP AND not AND GUILTY AND ON AND ALL AND COUNTS)"),
        ("NATO OR OTAN OR НАТО OR ONU NOT UE", "(NATO OR OTAN OR НАТО OR (ONU AND NOT UE))"),
        ("19?4 in 2024?", "(19?4 AND in AND 2024)"),
        ("person:=Poutine slug:=X-Y from:=\"New York\"", "(person:=Poutine AND slug:=X-Y AND from:=\"New York\")"),
        ("50*2 = 100 http://x.org/a?b=c", "(\"50 2\" AND 100 AND \"http x org a b c\")"),
        ("headline:(Astana OR Alep)", "headline:(Astana OR Alep)"),
        ("date:2024-11..2024-12-05", "date:2024-11-01..2024-12-05"),
        ("date:* event:* words:*", "(date:* AND event:* AND words:0..)"),
        ("date:..2024 date:none", "(date:..2024-12-31 AND date:none)"),
        ("words:>300", "words:301.."),
        ("synd* Pez?shkian vraiment?", "(synd* AND Pez?shkian AND vraiment)"),
        ("/p[ou]+tine/", "/p[ou]+tine/"),
        ("習近平", "\"習 近 平\""),
        ("\"never closed", "(never AND closed)"),
        ("a) b", "(a AND b)"),
        ("*", "*"),
        ("\"accord paix\"~3 =\"Le Monde\"~2", "(\"accord paix\"~3 AND =\"Le Monde\"~2)"),
        ("Poutine W/5 Assad", "(Poutine W/5 Assad)"),
        ("a NEAR/5 b PRE/3 c", "((a W/5 b) PRE/3 c)"),
        ("a b W/5 c -d ADJ/2 e", "(a AND (b W/5 c) AND NOT (d PRE/2 e))"),
        ("Alep NOT W/5 aéroport", "(Alep NOT W/5 aéroport)"),
        ("Alep NOT x", "(Alep AND NOT x)"),
        ("Syrie W/s Turquie OR Iran W/P Irak", "((Syrie W/s Turquie) OR (Iran W/p Irak))"),
        ("ATLEAST/3(Syrie) x", "(ATLEAST/3(Syrie) AND x)"),
        ("(paix OR \"cessez-le-f*\") W/4 accord~1", "((paix OR \"cessez le f*\") W/4 accord~1)"),
        ("cessez-le-f* c*e \"vraiment ?\"", "(\"cessez le f*\" AND c*e AND \"vraiment\")"),
        ("lead:x body:(a W/5 b)", "(lead:x AND body:(a W/5 b))"),
        ("date~:2024-12", "date~:2024-12-01..2024-12-31"),
        ("W/O tax", "(\"W O\" AND tax)"),
        ("OR-x ~ 5~ a~b", "(\"OR x\" AND 5 AND \"a b\")"),
        ("Alep -0-", "(Alep AND 0)"),
        ("Alep\n-30-", "(Alep AND 30)"),
        ("Alep\n-END-\n", "(Alep AND END)"),
        ("Alep\n\n  -30\n", "(Alep AND 30)"),
        ("Alep -30 NOT 31", "(Alep AND 30 AND NOT 31)"),
        ("Growth was -0.1 % in May", "(Growth AND was AND \"0 1\" AND in AND May)"),
        ("Putin -dijo el portavoz- viaja", "(Putin AND dijo AND el AND portavoz AND viaja)"),
        ("Alep -Idlib -Hama", "(Alep AND NOT Idlib AND NOT Hama)"),
        ("Alep -cessez-le-feu", "(Alep AND NOT \"cessez le feu\")"),
        ("Alep -Idlib - Hama", "(Alep AND NOT Idlib AND Hama)"),
        ("person:\u{201C}Rafael Grossi\u{201D} x", "(person:\"Rafael Grossi\" AND x)"),
        ("headline:\u{AB}\u{A0}New York\u{A0}\u{BB}", "headline:\"New York\""),
        ("agency:'afp'", "agency:afp"),
        ("person:\u{2018}O\u{2019}Brien\u{2019}", "person:\"O\u{2019}Brien\""),
        ("place:\u{201E}New York", "(place:\"\u{201E}New\" AND York)"),
        ("date:<2000", "date:..1999-12-31"),
        ("date:>=2024-12 event:>2024", "(date:2024-12-01.. AND event:2025-01-01..)"),
        ("BEIJING /PRNewswire-Asia/ --", "(BEIJING AND \"PRNewswire Asia\")"),
        ("/PRNewswire/", "/PRNewswire/"),
        ("FED WILL NOT SEE 3rd TERM", "(FED AND WILL AND not AND SEE AND 3rd AND TERM)"),
        ("SIGN OF SLOWING GROWTH -BUNDESBANK", "(SIGN AND OF AND SLOWING AND GROWTH AND BUNDESBANK)"),
        ("AND WORLD TIMES", "(and AND WORLD AND TIMES)"),
        ("headline:-Alep x", "(NOT headline:Alep AND x)"),
        ("headline:-2024 x", "(NOT headline:2024 AND x)"),
        ("person:-Putin x", "(NOT person:Putin AND x)"),
        ("-person:-Putin x", "(person:Putin AND x)"),
        ("agency:-(AFP OR TASS)", "NOT agency:(AFP OR TASS)"),
        ("agency:(-AFP) lang:-fr", "(NOT agency:AFP AND NOT lang:fr)"),
        ("path:-irna path:\"-irna\"", "(NOT path:irna AND path:\"-irna\")"),
        ("date:(2024 -monday)", "(date:2024-01-01..2024-12-31 AND NOT date:2024-12-02..2024-12-02)"),
        ("date:-7d", "date:2024-11-25..2024-11-25"),
        ("event:none event~:none", "(NOT event:* AND NOT event~:*)"),
        ("צה\"ל ארה\"ב", "(\"צה ל\" AND \"ארה ב\")"),
        ("place:ארה\"ב x", "(place:\"ארה\"ב\" AND x)"),
        ("org:\"האו\"ם\" x", "(org:\"האו\"ם\" AND x)"),
        ("headline:צה\"ל \"צה\"ל תקף\"", "(headline:\"צה ל\" AND \"צה ל תקף\")"),
        ("the 12\" gun \"a b\"", "(the AND 12 AND gun AND \"a b\")"),
        ("газета\"Правда сказала\"", "(газета AND \"Правда сказала\")"),
        ("\"oil pri\"* x", "(\"oil pri*\" AND x)"),
        ("=vraiment? =\"Qui ?\"", "(=vraiment AND =Qui)"),
        ("/usr/bin/env", "\"usr bin env\""),
        ("\"/PRNewswire/ -- Oslo\" \"10~20 pct\"", "(\"PRNewswire Oslo\" AND \"10 20 pct\")"),
        ("date:2024-12-02 .. 2024-12-05 x", "(date:2024-12-02..2024-12-05 AND x)"),
        ("date:2024-12-02.. 2024-12-05", "date:2024-12-02..2024-12-05"),
        ("date:2024-12-02 ..2024-12-05", "date:2024-12-02..2024-12-05"),
        ("date:1987-03-01 - 1987-03-31 oil", "(date:1987-03-01..1987-03-31 AND oil)"),
        ("date:2024-12-02 to 2024-12-05", "date:2024-12-02..2024-12-05"),
        ("event:2023 \u{2013} 2024", "event:2023-01-01..2024-12-31"),
        ("words:100 .. 200 words:100 - 200", "(words:100..200 AND words:100..200)"),
        ("date:2023.. 2024 x", "(date:2023-01-01.. AND 2024 AND x)"),
        ("date:2024-12-02 5 morts", "(date:2024-12-02..2024-12-02 AND 5 AND morts)"),
        ("(date:2024-12 OR date:2023 - 2024)", "(date:2024-12-01..2024-12-31 OR date:2023-01-01..2024-12-31)"),
        ("headline:(person:Putin x)", "headline:(person:Putin AND x)"),
        ("http://x.org/a", "\"http x org a\""),
        ("place:OR AND x", "(place:\"OR\" AND x)"),
        ("headline:\"NOT\" x", "(headline:\"NOT\" AND x)"),
        ("person\u{FF1A}Putin date\u{FF1A}2024", "(person:Putin AND date:2024-01-01..2024-12-31)"),
        ("Reuters\u{FF1A}Putin", "\"Reuters Putin\""),
        ("\"\" x () -, y", "(x AND y)"),
        ("{\"x\",\"\",\"\"]:[\"\"}", "\"x\""),
    ] {
        assert_eq!(read(query), reading, "{query}");
    }
}

#[test]
fn faults_point_at_themselves() {
    for (query, fault) in [
        ("OR x", "error at 0..2: OR has nothing before it"),
        ("x AND", "error at 2..5: AND has nothing behind it"),
        ("x NOT", "error at 2..5: NOT has nothing behind it"),
        ("date:someday", "error at 5..12: someday is not understood as a date"),
        ("W/5 x", "error at 0..3: W/5 has nothing before it"),
        ("x W/5", "error at 2..5: W/5 has nothing behind it"),
        ("x NOT W/5 -y", "error at 2..9: NOT W/5 has nothing behind it"),
        ("x W/ y", "error at 2..4: W/ has no number"),
        ("date:[1987 TO 1988]", "error at 5..10: [1987 is how another program writes a range"),
        ("x W/-1 y", "error at 2..6: W/-1: a distance goes from 1 to 1000"),
        ("x W/1.5 y", "error at 2..7: W/1.5: a distance goes from 1 to 1000"),
        ("x PRE/s y", "error at 2..7: PRE/ has no number"),
        ("x W/0 y", "error at 2..5: W/0: a distance goes from 1 to 1000"),
        ("x W/5000 y", "error at 2..8: W/5000: a distance goes from 1 to 1000"),
        ("ATLEAST/0(x)", "error at 0..9: ATLEAST/0: the number goes from 1 to 1000"),
        ("ATLEAST/3 x", "error at 0..9: ATLEAST has nothing in parentheses behind it"),
        (
            "(a b) W/5 c",
            "error at 1..4: a distance goes to a word, a phrase or alternatives, not to several words at once",
        ),
        ("agency:AFP W/5 c", "error at 0..10: agency: has no place among the words"),
        ("x~3", "error at 0..3: x~3: one or 2 edits may part a word from another"),
        ("\"a b\"~9999", "error at 0..10: at most 1000 words may stand between those of a phrase"),
        ("headline:(lead:x)", "error at 10..15: lead: stands inside another field of words"),
        ("words:many", "error at 6..10: many is no number"),
        ("words:>", "error at 6..7: > is no number"),
        ("words:..", "error at 6..8: a range without numbers is everything"),
        ("words:10..5", "error at 6..11: the range runs backwards, from 10 to 5"),
        ("person:Put*", "error at 7..11: person: takes names, not parts of them"),
        ("agency:() x", "error at 0..7: agency: has no value"),
        ("headline:() x", "error at 0..9: headline: has no value"),
        ("quote:\"\" x", "error at 0..6: quote: has no value"),
        ("lead:- x", "error at 0..5: lead: has no value"),
        ("headline:NOT x", "error at 9..12: headline: has no value: NOT is an operator"),
        ("headline:OR x", "error at 9..11: headline: has no value: OR is an operator"),
        ("body:AND body:x", "error at 5..8: body: has no value: AND is an operator"),
        ("headline:W/5 x", "error at 9..12: headline: has no value: W/5 is an operator"),
        ("agency:NOT AFP", "error at 7..10: agency: has no value: NOT is an operator"),
        ("date:NOT 2024", "error at 5..8: date: has no value: NOT is an operator"),
        ("x -\"\"", "error at 2..3: - has nothing behind it"),
        ("x -()", "error at 2..3: - has nothing behind it"),
        ("agency:=AFP", "error at 7..11: agency: takes names as they are, and = means nothing there"),
        ("\"the * said\"", "error at 0..12: * stands for letters of a word, not for a word of a phrase"),
        ("headline:(agency:AFP x)", "error at 10..17: agency: stands inside a field of words"),
        ("date:2020-", "error at 5..10: 2020- is not understood as a date"),
        ("date:>2020..2021", "error at 5..16: >2020..2021 is not understood as a date"),
        ("x /p[ou]+tine", "error at 2..13: the regular expression is not closed"),
        (
            "ATLEAST/3(oil gas)",
            "error at 10..17: ATLEAST counts a word, a phrase or alternatives, not several words at once",
        ),
        ("person:!Putin", "error at 7..13: ! before a value means nothing"),
        ("x date:!2024", "error at 7..12: ! before a value means nothing"),
        ("headline:!oil", "error at 9..13: ! before a value means nothing"),
        ("place:\u{2212}Syrie", "error at 6..14: \u{2212} before a value means nothing"),
        ("date:-2024", "error at 5..10: -2024 may be what is left out, or all up to it"),
        ("words:-300", "error at 6..10: -300 may be what is left out, or all up to it"),
        ("x =prési*", "error at 2..10: * and ? stand for no letters behind ="),
        ("=\"président rus*\"", "error at 0..18: * and ? stand for no letters behind ="),
        ("=/put.*/", "error at 0..8: =/put.*/ is no expression"),
        ("=oil~1", "error at 0..6: ~ means nothing behind ="),
        ("x U.*", "error at 2..5: U.*: * stands for letters of a word, and none is beside it"),
        ("l'*", "error at 0..3: l'*: * stands for letters of a word, and none is beside it"),
        ("*.com", "error at 0..5: *.com: * stands for letters of a word, and none is beside it"),
        ("\"the U.S.* dollar\"", "error at 0..18: U.S.*: * stands for letters of a word, and none is beside it"),
        ("=U.*", "error at 0..4: * and ? stand for no letters behind ="),
        ("syn*~1", "error at 0..6: syn*~1: a likeness is of one word without wildcards"),
        ("\"Pezechkian~1 alep\"", "error at 0..19: Pezechkian~1 stands between quotation marks, where ~ means nothing"),
        ("\"/put.*/ alep\"", "error at 0..14: /put.*/ stands between quotation marks, where it is no expression"),
        ("/put.*/i", "error at 0..8: an expression takes no letters behind it, such as i"),
        ("/put.*/~1", "error at 0..9: /put.*/ describes its words to the letter: ~ goes with a word"),
        ("(a OR b)~3", "error at 8..10: ~3 goes with a word or with what is between quotation marks"),
        ("\"oil *\"", "error at 0..7: * stands for letters of a word, not for a word of a phrase"),
        ("\"* oil\"", "error at 0..7: * stands for letters of a word, not for a word of a phrase"),
        ("person:Putin~1", "error at 7..14: person: takes names as they are, and ~ means nothing there"),
        ("person:/putin/", "error at 7..14: person: takes names, not parts of them"),
        ("/p(ou", "error at 0..5: the regular expression is not closed"),
        ("date:2 décembre 2024 x", "error at 5..21: 2 is not understood as a date; 2 décembre 2024 is"),
        ("date:last week", "error at 5..14: last is not understood as a date; last week is"),
        (
            "date:2024-12-02T10:00..2024-12-02T12:00",
            "error at 5..39: 2024-12-02T10:00..2024-12-02T12:00 has a time of day, and days are all that is asked for",
        ),
        ("x W/5 -y", "error at 2..5: a distance to what is not there cannot be told: W/5 stands before a NOT"),
        ("", "error at 0..0: there is no word to search for"),
    ] {
        assert_eq!(read(query), fault, "{query}");
    }
    assert!(read("/a(/").starts_with("error at 0..4: the regular expression cannot be read"));
    assert!(read(&"(".repeat(100)).starts_with("error at 64..65: parentheses nest deeper"));
}

#[test]
fn a_near_miss_of_a_field_is_a_word_with_a_hint() {
    let today = NaiveDate::default();
    let parsed = parse("agncy:IRNA", &Context { today, any: false }).expect("text");
    assert_eq!(parsed.hints, ["agncy: is no field and is searched as a word; did you mean agency:"]);
    assert_eq!(describe(&parsed.query.root), "(agncy AND IRNA)");
    let hints = |text: &str| parse(text, &Context { today, any: false }).expect("text").hints;
    assert_eq!(hints("title:Iran"), ["title: is no field and is searched as a word; did you mean headline:?"]);
    assert_eq!(hints("Iran && Irak"), ["&& is searched as text; did you mean AND?"]);
    assert!(hints("\u{201C}Premier ministre\u{201D}")[0].contains("make a phrase"));
    assert!(hints("\u{201C}Premier ministre\u{201D} x").is_empty());
    assert!(hints("TRUMP NOT GUILTY ON ALL COUNTS")[0].contains("these are read as words: NOT;"));
    let may = "date:may ends at the blank, and 2024 is searched as text; for both as a date write date:\"may 2024\"";
    assert_eq!(hints("date:may 2024"), [may]);
    assert!(hints("date:2024 oil").is_empty());
}

/// The same query with no places in the text.
fn bare(node: &Node) -> Node {
    let each = |nodes: &[Node]| nodes.iter().map(bare).collect();
    let kind = match &node.kind {
        NodeKind::And(nodes) => NodeKind::And(each(nodes)),
        NodeKind::Or(nodes) => NodeKind::Or(each(nodes)),
        NodeKind::Not(inner) => NodeKind::Not(Box::new(bare(inner))),
        NodeKind::AtLeast(n, inner) => NodeKind::AtLeast(*n, Box::new(bare(inner))),
        NodeKind::Field(f, FieldValue::Words(inner)) => NodeKind::Field(*f, FieldValue::Words(Box::new(bare(inner)))),
        NodeKind::Near(near) => {
            NodeKind::Near(Box::new(Near { left: bare(&near.left), right: bare(&near.right), ..**near }))
        }
        other => other.clone(),
    };
    Node { span: 0..0, kind }
}

fn reads_back(text: &str) {
    let context = Context { today: NaiveDate::from_ymd_opt(2024, 12, 2).expect("a day"), any: false };
    let Ok(first) = parse(text, &context) else { return };
    let written = describe(&first.query.root);
    let second = parse(&written, &context).unwrap_or_else(|e| panic!("{text:?} as {written:?}: {e}"));
    assert_eq!(bare(&first.query.root), bare(&second.query.root), "{text:?} as {written:?}");
}

#[test]
fn an_operator_in_small_letters_is_text_with_a_hint() {
    let parsed = parse("a w/5 b", &Context { today: NaiveDate::default(), any: false }).expect("text");
    let glued = parse("oil W/15p price", &Context { today: NaiveDate::default(), any: false }).expect("read").hints;
    assert_eq!(glued, ["W/15p is searched as text; W/15 counts words, W/p is one paragraph"]);
    assert_eq!(parsed.hints, ["w/5 is searched as text; the operator is written in capitals: W/5"]);
}

proptest::proptest! {
    #[test]
    fn what_is_described_is_read_the_same_again(
        text in "((Alep|=Le|synd\\*|P\\?t|x~1|/p[ou]+t/|\"a b\"|\"a b\"~3|=\"A b\"|習近|agency:AFP|from:(A OR B)|headline:|lead:\
|date:2024|date~:2024|words:>3|path:a/b|ATLEAST/2\\(|\\(|\\)|-|NOT|OR|AND|W/3|PRE/2|W/s|NOT W/p|\\*| )( |)){0,12}",
    ) {
        reads_back(&text);
    }

    #[test]
    fn any_text_is_described_and_read_again(text in "(\\PC|[()\"/:=*?~ -]|OR|AND|W/|date:){0,40}") {
        reads_back(&text);
    }

    #[test]
    fn any_text_is_read_or_refused_with_a_span_inside(text in "(\\PC|[()\"/:=*? -]|OR|AND|NOT|date:){0,40}") {
        let today = NaiveDate::default();
        if let Err(e) = parse(&text, &Context { today, any: false }) {
            proptest::prop_assert!(text.get(e.span.clone()).is_some());
            let _ = e.draw(&text);
        }
    }
}

#[test]
fn slips_of_a_query_are_told() {
    let today = chrono::NaiveDate::default();
    let hints = |text: &str| parse(text, &Context { today, any: false }).expect("a query").hints.join("; ");
    for (text, hint) in [
        ("\"never closed", "the quotation mark of \"never closed is never closed"),
        ("person:\"Tayyip Erdogan x", "the quotation mark of \"Tayyip Erdogan x"),
        ("(Turkey OR Syria", "a parenthesis is never closed"),
        ("foo:bar", "foo: is no field and is searched as a word; see: dateline fields"),
        ("guid:x1", "guid: is no field"),
    ] {
        assert!(hints(text).contains(hint), "{text}: {}", hints(text));
    }
    for text in
        ["\"closed\" (a OR b)", "a 5\" gun", "a) b", "PARIS:x", "AP: 10 morts", "note: x", "10:30 http://x.org/a"]
    {
        assert_eq!(hints(text), "", "{text}");
    }
}
