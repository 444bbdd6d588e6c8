use super::*;

fn file(name: &str, text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, text).unwrap();
    (dir, path)
}

#[test]
fn csv_and_ftm_say_the_same() {
    let csv = "name,aliases,kind,country,code,office,organization,from,to\n\
        Ilmar Sote,I. Sote|Ilmars Sote,person,no,NORGOV,envoy,Harbour Board,2031-05,2032\n\
        Harbour Board,HB,organization,NOR,,,,,\n";
    let ftm = r#"{"id":"a","schema":"Person","properties":{"name":["Ilmar Sote"],"alias":["I. Sote","Ilmars Sote"],"country":["no"],"topics":["role.pep"]}}
{"id":"b","schema":"Organization","properties":{"name":["Harbour Board"],"alias":["HB"],"country":["no"]}}
{"id":"p","schema":"Position","properties":{"name":["envoy"],"organization":["b"]}}
{"id":"o","schema":"Occupancy","properties":{"holder":["a"],"post":["p"],"startDate":["2031-05"],"endDate":["2032"]}}
"#;
    let (_a, a) = file("a.csv", csv);
    let (_b, b) = file("b.json", ftm);
    let mut from_csv = actors(&a).unwrap();
    from_csv.sort_by(|x, y| y.name.cmp(&x.name));
    assert_eq!(from_csv, actors(&b).unwrap());
    assert_eq!(kept::<OwnActor>(Some(&keep(&from_csv)), "--actors").unwrap(), from_csv);
    assert!(kept::<OwnActor>(Some("{"), "--actors").is_err());
    assert!(kept::<OwnActor>(None, "--actors").unwrap().is_empty());
}

#[test]
fn places_have_both_coordinates_or_none() {
    let (_d, p) = file("p.csv", "name,aliases,country,kind,lat,lon\nNordhavn,Nordhaven,NOR,site,61.5,5.0\n");
    let read = places(&p).unwrap();
    assert_eq!(
        (read[0].lat, read[0].country.as_deref(), read[0].kind),
        (Some(61.5), Some("NOR"), Some(PlaceKind::Site))
    );
    for (text, line, reason) in [
        ("name,lat\nA,1\n", 2, "belong together"),
        ("name,lat,lon\nA,91,1\n", 2, "beyond 90"),
        ("name,lat,lon\nA,x,1\n", 2, "not a number"),
        ("name,country\nA,Atlantis\n", 2, "no country"),
        ("aliases\nA\n", 1, "no column"),
    ] {
        let (_d, p) = file("p.csv", text);
        let e = places(&p).unwrap_err().to_string();
        assert!(e.contains(&format!("p.csv:{line}:")) && e.contains(reason), "{e}");
    }
}

#[test]
fn errors_name_file_line_and_reason() {
    for (name, text, line, reason) in [
        ("a.csv", "aliases\nB\n", 1, "name"),
        ("a.csv", "name,colour\nA,red\n", 1, "colour"),
        ("a.csv", "name,kind\nA,robot\n", 2, "robot"),
        ("a.csv", "name,office,from\nA,envoy,2004-13\n", 2, "2004-13"),
        ("a.csv", "name\n\"\"\n", 2, "empty"),
        ("a.csv", "name,kind\nA,person\n\"B,person\nC,person\n", 3, "nothing closes it"),
        ("a.json", "{\"id\":\"a\"}\n", 1, "schema"),
        ("a.json", "{\"id\":\"a\",\"schema\":\"Person\"}\n", 1, "no name"),
        ("a.json", "{\n", 1, "EOF"),
    ] {
        let (_d, p) = file(name, text);
        let e = actors(&p).unwrap_err().to_string();
        assert!(e.contains(&format!("{name}:{line}:")) && e.contains(reason), "{e}");
    }
}
