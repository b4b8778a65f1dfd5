//! The page's files: which file an address means, and of what kind it is.

use std::path::{Path, PathBuf};

/// The file of `folder` that `address` means; `None` for an address that would leave the folder.
pub fn inside(folder: &Path, address: &str) -> Option<PathBuf> {
    let name = address.strip_prefix('/')?;
    let name = if name.is_empty() { "index.html" } else { name };
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '%', ':']);
    name.split('/').all(plain).then(|| folder.join(name))
}

/// Media type by the file's ending; the page has no other kinds.
pub fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_means_the_page() {
        assert_eq!(inside(Path::new("ui"), "/"), Some(PathBuf::from("ui/index.html")));
        assert_eq!(inside(Path::new("ui"), "/assets/index.js"), Some(PathBuf::from("ui/assets/index.js")));
    }

    #[test]
    fn no_address_leaves_the_folder() {
        for address in ["/../station.toml", "//etc/passwd", "/a/%2e%2e/b", "/.git/config", "/a\\..\\b", "no-slash"] {
            assert_eq!(inside(Path::new("ui"), address), None, "{address}");
        }
    }
}
