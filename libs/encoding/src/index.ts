export { concatBytes, equalBytes, fromUtf8, utf8 } from './bytes.ts';
export { encodeBase32, parseBase32 } from './base32.ts';
export { encodeBase58, parseBase58 } from './base58.ts';
export { encodeBase64, encodeBase64Url, parseBase64, parseBase64Url } from './base64.ts';
export { encodeHex, parseHex } from './hex.ts';
export {
  blobName,
  canonicalBytes,
  canonicalText,
  cleanText,
  parseJson,
  type Json,
} from './canonical-json.ts';
export { ContentBlob } from './content-blob.ts';
export { EncodingError } from './errors.ts';
export { foldText, halfWidth, type MendedText, mendText, type Mending } from './mend-text.ts';
export { cutText, describeTextFault, findTextFault, type FoundFault, withoutFaults } from './plain-text.ts';
export { withoutRadicals } from './radicals.ts';
export { sha256, useNativeSha256 } from './sha256.ts';
export { escapeXml } from './xml.ts';
