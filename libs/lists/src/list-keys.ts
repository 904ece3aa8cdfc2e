// Forms of the keys that the blobs themselves carry. What a key is of, and how item keys are made of these, says
// @mandate/published; nobody else takes a key apart.

/** USCC, or a provisional key: see `organKey` */
export const ORGAN_KEY = /^([0-9A-Z]{18}|o-[a-z2-7]{16})$/;
export const NEGATIVE_LIST_KEY = /^n-[a-z0-9-]{1,36}$/;
/** GB/T 2260, 6 digits */
export const REGION_KEY = /^\d{6}$/;
/** 事项编码 of an item of a negative list */
export const NEGATIVE_ITEM_NUMBER = /^\d{6}$/;
/** of an edition within its list */
export const EDITION_NUMBER = /^[0-9A-Za-z-]{1,30}$/;
