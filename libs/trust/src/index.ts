export {
  encodeTrustList,
  isUsableAt,
  parseTrustList,
  TrustListError,
  type ListedKey,
  type TrustList,
  type TrustListContent,
} from './trust-list.ts';
export {
  encodeStatusBits,
  encodeStatusList,
  isFresh,
  parseStatusList,
  readStatusList,
  STATUS_LIST_BITS,
  StatusListError,
  type StatusList,
  type StatusListOptions,
} from './status-list.ts';
export {
  encodeStaple,
  parseStaple,
  parseStapledEvent,
  parseStapledProof,
  StapleError,
  type Staple,
  type StapledProof,
} from './staple.ts';
