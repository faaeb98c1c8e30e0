//! stub
/// stub
pub fn read(_: &mut crate::story::Story) {}
