import { LogError } from './errors.ts';
import { checkIndex, MAX_SIZE } from './tree-size.ts';
import { MAX_TILE_LEVEL, TILE_WIDTH } from './tile.ts';

/** Path of a tile below the log's prefix: `tile/<L>/<N>[.p/<W>]` (tlog-tiles, "Merkle Tree"). */
export function tilePath(level: number, index: number, width: number = TILE_WIDTH): string {
  checkIndex(level, MAX_TILE_LEVEL + 1);
  return `tile/${level}/${numberPath(index)}${partial(width)}`;
}

/** Path of an entry bundle: `tile/entries/<N>[.p/<W>]` (tlog-tiles, "Log entries"). */
export function entryBundlePath(index: number, width: number = TILE_WIDTH): string {
  return `tile/entries/${numberPath(index)}${partial(width)}`;
}

/** What a path below the log's prefix names; `undefined` for a path that no log of this format has. */
export function findTileByPath(
  path: string,
): { readonly level: number | 'entries'; readonly index: number; readonly width: number } | undefined {
  const match = /^tile\/(entries|\d)\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const level = match[1] === 'entries' ? 'entries' : Number(match[1]);
  const index = Number(match[2].replace(/[x/]/g, ''));
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3]);
  try {
    const same = level === 'entries' ? entryBundlePath(index, width) : tilePath(level, index, width);
    // One spelling for each tile: no superfluous zeros.
    return same === path ? { level, index, width } : undefined;
  } catch (cause) {
    if (cause instanceof LogError) return undefined;
    throw cause;
  }
}

function numberPath(index: number): string {
  checkIndex(index, MAX_SIZE);
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const elements = padded.match(/\d{3}/g) ?? [];
  return elements.map((element, i) => (i < elements.length - 1 ? `x${element}` : element)).join('/');
}

function partial(width: number): string {
  checkIndex(width - 1, TILE_WIDTH);
  return width === TILE_WIDTH ? '' : `.p/${width}`;
}
