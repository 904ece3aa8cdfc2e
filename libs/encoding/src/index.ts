export { concatBytes, equalBytes, fromUtf8, utf8 } from './bytes.ts';
export { encodeBase32, parseBase32 } from './base32.ts';
export { encodeBase58, parseBase58 } from './base58.ts';
export { encodeBase64, encodeBase64Url, parseBase64, parseBase64Url } from './base64.ts';
export { encodeCsv, parseCsvCell } from './csv.ts';
export { encodeHex, parseHex } from './hex.ts';
export { blobName, canonicalBytes, cleanText, parseJson, type Json } from './canonical-json.ts';
export { EncodingError } from './errors.ts';
export { sha256 } from './sha256.ts';
