/** Characters that XML 1.0 cannot hold, however they are written (https://www.w3.org/TR/xml/#charsets). */
// eslint-disable-next-line no-control-regex -- they are what is meant
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;
const SPECIAL = /[&<>"\r]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Else a reader makes it a line feed.
  '\r': '&#13;',
};

/** A text for an XML element or attribute; what XML cannot hold becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text.replace(NOT_XML, '\ufffd').replace(SPECIAL, (character) => ESCAPES[character] ?? character);
}
