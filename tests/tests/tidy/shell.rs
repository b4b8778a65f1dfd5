//! What the page may do, word for word: a change here is a change of what a page that has gone bad could reach.

use serde_json::{Value, json};

use super::tree;

fn configuration() -> Value {
    serde_json::from_str(&tree::read("src-tauri/tauri.conf.json")).unwrap()
}

#[test]
fn there_is_one_capability_and_it_opens_two_commands_and_one_event() {
    assert_eq!(tree::files("src-tauri/capabilities"), ["src-tauri/capabilities/counter.json"]);
    let capability: Value = serde_json::from_str(&tree::read("src-tauri/capabilities/counter.json")).unwrap();
    assert_eq!(capability["windows"], json!(["counter"]));
    let permissions = json!(["core:event:allow-listen", "core:event:allow-unlisten", "allow-desk", "allow-picture"]);
    assert_eq!(capability["permissions"], permissions);
    assert_eq!(capability.get("remote"), None);
    assert_eq!(configuration()["app"]["security"]["capabilities"], json!(["counter"]));
}

#[test]
fn commands_are_listed_so_that_the_capability_governs_them() {
    let build = tree::read("src-tauri/build.rs");
    assert!(build.contains(r#".commands(&["desk", "picture"])"#));
}

#[test]
fn the_page_gets_no_global_and_no_loose_policy() {
    let app = &configuration()["app"];
    assert_eq!(app["withGlobalTauri"], false);
    assert_eq!(app["windows"], json!([]));
    let security = &app["security"];
    assert_eq!(security["freezePrototype"], true);
    let keys: Vec<&String> = security.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["capabilities", "csp", "freezePrototype"]);
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; \
                  connect-src ipc: http://ipc.localhost; form-action 'none'; frame-src 'none'; frame-ancestors 'none'; \
                  base-uri 'none'; object-src 'none'";
    assert_eq!(security["csp"], policy);
}
