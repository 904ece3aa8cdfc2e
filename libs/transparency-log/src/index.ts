export {
  encodeCheckpoint,
  parseCheckpoint,
  verifyCheckpoint,
  type Checkpoint,
  type LogIdentity,
} from './checkpoint.ts';
export { checkLeaf, encodeEntryBundle, MAX_LEAF_BYTES, parseEntryBundle } from './entry-bundle.ts';
export { LogError, type LogErrorCode } from './errors.ts';
export { MemoryLog } from './memory-log.ts';
export { emptyRoot, hashLeaf, hashNode } from './merkle.ts';
export {
  encodeNote,
  parseNote,
  signerFromSeed,
  signNote,
  verifyNote,
  type NoteSignature,
  type NoteSigner,
  type SignedNote,
} from './note.ts';
export { proveConsistency, proveInclusion, rootHash } from './prove.ts';
export { PublishedLog, type FetchFile, type TreeHead } from './published-log.ts';
export { RightEdge } from './right-edge.ts';
export {
  hashesToStore,
  storedHashCoordinate,
  storedHashCount,
  storedHashPosition,
  type HashReader,
} from './stored-hash.ts';
export { edgeTiles, encodeTile, parseTile, TILE_WIDTH, tilesFor, tileWidth, type Tile } from './tile.ts';
export { entryBundlePath, findTileByPath, tilePath } from './tile-path.ts';
export { encodeTlogProof, parseTlogProof, verifyTlogProof, type TlogProof } from './tlog-proof.ts';
export { verifyConsistency, verifyInclusion } from './verify.ts';
export { encodeVerifierKey, parseVerifierKey, verifierKey, type VerifierKey } from './vkey.ts';
