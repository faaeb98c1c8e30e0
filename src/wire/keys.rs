//! What the keys of records mean, and the mapping of a user.
//!
//! Keys are compared by their letters and digits alone, so that `versionCreated`,
//! `version_created` and `versioncreated` are one. A mapping of the user comes first.

use crate::text::letters;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::sync::LazyLock;

/// What a key can be of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The headline.
    Headline,
    /// A second headline.
    Subheadline,
    /// The writers.
    Byline,
    /// The dateline.
    Dateline,
    /// Where it comes from.
    Place,
    /// When this version was filed.
    Filed,
    /// Another time.
    Time,
    /// The slug.
    Slug,
    /// The identifier that versions share.
    Guid,
    /// The version.
    Version,
    /// What it replaces.
    Previous,
    /// The number of the take.
    Take,
    /// The note to editors.
    Ednote,
    /// Urgency or priority.
    Urgency,
    /// A keyword.
    Keyword,
    /// A subject.
    Subject,
    /// The language.
    Language,
    /// What may be done with it.
    Status,
    /// A signal or an instruction.
    Signal,
    /// Not to be published before.
    Embargo,
    /// Who files it.
    Agency,
    /// The body.
    Body,
    /// A summary, taken for the body where there is none.
    Summary,
}

/// Each role with its name in a mapping file and the keys that mean it, best first:
/// those of exports of newsrooms, of news interfaces and of crawls, in several languages.
const ROLES: &[(Role, &str, &str)] = &[
    (
        Role::Headline,
        "headline",
        "headlines headline title titles hl1 heading head titre titulo título titolo titel überschrift заголовок \
         العنوان عنوان 标题 webtitle titular manchete tytuł başlık titoloarticolo judul cím nagłówek tiêuđề \
         제목 見出し タイトル 標題 \
         hl hdl hed hdln head1 kop otsikko overskrift naslov nadpis τίτλος כותרת 题目 headlinetext titr عنوانالخبر",
    ),
    (
        Role::Subheadline,
        "subheadline",
        "subheadline subhead subtitle strapline headlineextended standfirst hl2 headline2 kicker chapeau \
         chapô chapo deck dek untertitel unterzeile vorspann bajada occhiello подзаголовок ingress",
    ),
    (
        Role::Byline,
        "byline",
        "byline bylines by author authors creator dccreator writer autor auteur автор writers authorname \
         autore autori autores auteurs verfasser yazar penulis forfatter författare credits 작성자 記者 作者 الكاتب \
         نویسنده \
         auth redakteur reporter journalist journaliste giornalista periodista redactor muhabir skribent корреспондент 기자 기고자 撰稿 著者 \
         المحرر المراسل خبرنگار firmato",
    ),
    (Role::Dateline, "dateline", "dateline"),
    (
        Role::Place,
        "place",
        "located datelinelocation location town city placename ort lieu lugar luogo место pl plc ville ciudad cidade stadt città \
         plaats miejsce yer sted paikka місце город місто 地点 場所 장소 المكان مکان",
    ),
    (
        Role::Filed,
        "filed",
        "versioncreated contentmodified thisrevisioncreated filed datepublished dategmt publishedat publishdate \
         publicationdate pubdate publishtime published webpublicationdate firstpublished datetime date \
         datelinedate issued timestamp contentcreated firstcreated createdat datecreated created \
         datetimesent sent firstversion datum fecha дата pubdatetime datepublish publisheddate \
         datetimepub publishedon publicationtime dateparution datepublication datepublicazione \
         datapublicacao fechapublicacion veröffentlicht veröffentlichtam erscheinungsdatum tarih \
         tanggal dato firstpublishdate displaydate publishedtime publicationtimestamp posted postedat \
         posteddate dateposted pubtime releasedate releasedat 発行日 日付 日期 发布时间 발행일 التاريخ تاريخ تاریخ \
         dt pubdt erschienen erschienenam erscheinungstag veröffentlichungsdatum publié publiéle paru parule datedeparution \
         datedepublication pubblicato pubblicatoil datadipubblicazione publicado publicadoel publicadoem fechadepublicación \
         fechadepublicacion datadepublicação datadepublicacao датапубликации датавыхода опубликовано датапублікації \
         опубліковано publicerad publicerat publiceringsdatum publisert udgivet julkaistu datapublikacji opublikowano \
         yayıntarihi yayımtarihi gepubliceerd publicatiedatum gepubliceerdop objavljeno datumobjave megjelenés \
         发表时间 发表日期 发布日期 出版日期 時間 时间 配信日時 公開日 掲載日 게재일 작성일 날짜 등록일 일자 dateadd dateadded createdon publishedutc timepublished تاريخالنشر تاریخانتشار",
    ),
    (
        Role::Time,
        "time",
        "updated modified datemodified lastmodified updatedat arrivaldatetime seendate crawled \
         crawldatetime crawledat datedownload datemodify modifiedgmt dateupdated lastupdated fetchedat \
         scrapedat lastupdateddate lastupdatedate",
    ),
    (Role::Slug, "slug", "slugline slug slugproper sluglines catchline uniquename slg"),
    (
        Role::Guid,
        "guid",
        "guid uri itemid usn id idstr newsid identifier storyid articleid accessionno accessionnumber docid docno url link uuid weburl oid \
         permalink requestedurl canonicalurl sourceurl documentidentifier",
    ),
    (Role::Version, "version", "version revision authorversion"),
    (Role::Previous, "previous", "previous previousversion replaces evolvedfrom rewriteof"),
    (Role::Take, "take", "take takekey part"),
    (
        Role::Ednote,
        "ednote",
        "ednote tilredaktionen editorialnote editornote editorsnote ednotes updatenote advisory notetoeditors",
    ),
    (
        Role::Urgency,
        "urgency",
        "urgency priority editorialpriority urg prio priorität dringlichkeit urgence urgencia urgenza",
    ),
    (
        Role::Keyword,
        "keyword",
        "keywords keyword tags tag schlagworte schlagwörter motscles motsclés palabrasclave parolechiave \
         ключевыеслова 关键词 kw kws kwd stichworte stichwörter trefwoorden nyckelord anahtarkelimeler",
    ),
    (
        Role::Subject,
        "subject",
        "subject subjects category categories topic topics section anpacategory service genre sectionname \
         newsdesk ressort rubrik rubrique seccion sección sezione рубрика kategori editoria 栏目 cat sect rub desk",
    ),
    (
        Role::Language,
        "language",
        "language lang inlanguage baselanguage languagecode locale langcode langue sprache idioma lingua язык lg lng taal språk dil мова 语言 言語 언어",
    ),
    (Role::Status, "status", "pubstatus status publicationstatus"),
    (Role::Signal, "signal", "signals signal instruction editorialtypes updatetype"),
    (Role::Embargo, "embargo", "embargoed embargo embargotime embargodate"),
    (
        Role::Agency,
        "agency",
        "agency provider source infosource organisation creditline credit sourcefeed publisher origin \
         quelle fuente fonte bron źródło источник sitename kaynak 来源 المصدر منبع sourcename newsagency \
         wire infosources distributor publication sourcecommonname newssource agentur agence agencia agenzia \
         agência агентство nachrichtenagentur newsagentur agencja agentura ajans agenzija ügynökség 통신사 通讯社 通信社 \
         وكالة خبرگزاری агенція агенцыя publicationname copyrightholder from forwardedfrom \
         src agcy 媒体 언론사 출처 매체 出典 配信元 الوكالة byrå nyhetsbyrå persbureau uutistoimisto toimisto",
    ),
    (
        Role::Body,
        "body",
        "bodies bodyhtml bodyxhtml body bodytext articlebody contenthtml content contents contentencoded \
         story storytext text fulltext contenttext articletext article cleanedtext maintext html texto \
         texte cuerpo corpo corps contenu contenido inhalt treść metin haber tělo sadržaj текст النص 内容 正文 \
         plaintext bodycontent articlecontent newscontent \
         mainbody articlebodyhtml testo conteudo conteúdo tekst brödtext içerik isi 本文 記事 내용 본문 نص متن contentelements bodyblocks \
         contentblocks blocks paragraphs richtext tailparagraphs \
         txt bd bdy bdytxt volltext wortlaut meldung artikel artikeltext notizia testocompleto textocompleto texteintégral \
         contenidocompleto сообщение содержание новость teksti szöveg innhold innehåll tekstas κείμενο תוכן nộidung \
         isiberita haberiçeriği haberiçerik المحتوى محتوى محتوا \
         cutofftext",
    ),
    (
        Role::Summary,
        "summary",
        "descriptions descriptionhtml leadparagraph descriptiontext description abstract summary lead excerpt caption \
         teaser bodyintro directorytext shortdescription snippet trailtext intro introtext \
         resumen resumo résumé zusammenfassung аннотация 摘要 sapo",
    ),
];

/// A mapping of the user: which key is what. One line a role, `role = key`; `#` begins a
/// comment; a dot goes into an object.
///
/// ```text
/// headline = titulo
/// body     = datos.cuerpo
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyMap {
    rows: Vec<(Role, Vec<String>)>,
    text: String,
}

impl KeyMap {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// A line is no row, or its role is unknown: the message names the line.
    pub fn parse(text: &str) -> Result<KeyMap, String> {
        let mut map = KeyMap { rows: Vec::new(), text: text.to_owned() };
        for (number, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or("").trim();
            if line.is_empty() {
                continue;
            }
            let wrong = |what: &str| format!("line {}: {what}", number + 1);
            let (role, key) = line.split_once('=').ok_or_else(|| wrong("no = between role and key"))?;
            let role = ROLES
                .iter()
                .find(|(_, name, _)| name.eq_ignore_ascii_case(role.trim()))
                .ok_or_else(|| {
                    let names: Vec<&str> = ROLES.iter().map(|(_, name, _)| *name).collect();
                    wrong(&format!("no role is called {}; roles are {}", role.trim(), names.join(", ")))
                })?
                .0;
            let path: Vec<String> = key.trim().trim_matches('"').split('.').map(letters).collect();
            map.rows.push((role, path));
        }
        Ok(map)
    }

    /// The mapping as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Tells whether the mapping says what a key holds.
    pub(super) fn names(&self, normalised: &str) -> bool {
        self.rows.iter().any(|(_, path)| path.first().is_some_and(|first| first == normalised))
    }

    /// Returns what the mapping says that a key is of a story, the last of its row.
    pub(super) fn role(&self, normalised: &str) -> Option<Role> {
        let row = self.rows.iter().find(|(_, path)| path.last().is_some_and(|last| last == normalised));
        row.map(|(role, _)| *role)
    }

    pub(super) fn values<'v>(&self, object: &'v Map<String, Value>, role: Role) -> Vec<(Cow<'v, str>, &'v Value)> {
        let rows = self.rows.iter().filter(|(r, _)| *r == role);
        rows.filter_map(|(_, path)| {
            let (first, rest) = path.split_first()?;
            let mut value = get(object, first)?;
            for key in rest {
                value = get(value.as_object()?, key)?;
            }
            Some((Cow::Owned(path.join(".")), value))
        })
        .collect()
    }
}

/// Keys that name an agency, whatever it is called: others may hold a site, a feed or a person.
pub(super) const AGENCY_KEYS: &[&str] =
    &["agency", "newsagency", "agentur", "nachrichtenagentur", "agence", "agencia", "agenzia", "agência", "агентство"];
/// Keys that name a town, whose neighbours say where it lies.
pub(super) const CITY_KEYS: &[&str] = &["city", "town", "ville", "stadt", "ciudad", "cidade", "città", "ort", "город"];
/// Those neighbours, the nearest first.
pub(super) const REGION_KEYS: &[&[&str]] = &[
    &["state", "province", "region", "statename", "bundesland", "provincia", "regione", "estado", "область"],
    &["country", "countryname", "land", "pays", "país", "pais", "paese", "страна"],
];

pub(super) fn get<'v>(object: &'v Map<String, Value>, normalised: &str) -> Option<&'v Value> {
    object.iter().find(|(k, v)| is_called(k, normalised) && !is_blank(v)).map(|(_, v)| v)
}

/// Tells whether a key has this name, without writing the name down: a record is asked for
/// dozens.
fn is_called(key: &str, normalised: &str) -> bool {
    if !key.is_ascii() {
        return letters(key) == normalised;
    }
    let letters = key.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase());
    letters.eq(normalised.bytes())
}

pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(s) => s.trim().is_empty(),
        Value::Array(a) => a.iter().all(is_blank),
        Value::Object(o) => o.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Each known key with its role and its rank among the keys of that role.
pub(super) static KEYS: LazyLock<FxHashMap<&'static str, (Role, usize)>> = LazyLock::new(|| {
    let mut keys = FxHashMap::default();
    for (role, _, names) in ROLES {
        for (rank, name) in names.split_ascii_whitespace().enumerate() {
            keys.entry(name).or_insert((*role, rank));
        }
    }
    keys
});

#[cfg(test)]
mod tests {
    use super::is_called;
    use crate::text::letters;

    proptest::proptest! {
        #[test]
        fn names_are_compared_as_they_are_written_down(key in "[A-Za-zÉé_ 0-9-]{0,8}", name in "[a-zé0-9]{0,4}") {
            proptest::prop_assert_eq!(is_called(&key, &name), letters(&key) == name);
            proptest::prop_assert!(is_called(&key, &letters(&key)));
        }
    }
}
