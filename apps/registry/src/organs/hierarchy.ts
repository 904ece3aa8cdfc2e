import { LEVELS, type Organ, type Region } from '@mandate/lists';
import { OrganError } from './organs.errors.ts';

/**
 * Whether organs fit into the hierarchy: those above and after them exist, no circle, nobody under a lower level.
 * @param organs all of them, as they are to be
 * @param changed keys of those to look at
 * @throws OrganError
 */
export function requireHierarchy(organs: ReadonlyMap<string, Organ>, changed: Iterable<string>): void {
  for (const key of changed) {
    const organ = organs.get(key);
    if (organ === undefined) continue;
    const above = parentOf(organ, organs);
    if (above?.level !== undefined && organ.level !== undefined && above.level > organ.level)
      throw new OrganError(
        'wrong-level',
        `${organ.name}（${LEVELS[organ.level]}）不能隶属于${above.name}（${LEVELS[above.level]}）：上级的层级不能更低。`,
      );
    const seen = new Set<string>();
    for (
      let at: Organ | undefined = organ;
      at !== undefined;
      at = at.parent === undefined ? undefined : organs.get(at.parent)
    ) {
      if (seen.has(at.key))
        throw new OrganError('circle', `${organ.name}的上级绕回到了${at.name}，请改正隶属关系。`);
      seen.add(at.key);
    }
    for (const successor of organ.successors ?? []) requireSuccessor(organ, organs.get(successor), successor);
  }
}

/** @param regions all of them, as they are to be, by code @throws OrganError */
export function requireRegions(regions: ReadonlyMap<string, Region>, changed: Iterable<string>): void {
  for (const code of changed) {
    const region = regions.get(code);
    if (region?.parent === undefined) continue;
    const above = regions.get(region.parent);
    if (above === undefined)
      throw new OrganError(
        'parent-not-found',
        `${region.name}的上级区划 ${region.parent} 还没有登记，请先登记它。`,
      );
    // Levels fall on the way down, so that no circle can arise.
    if (above.level >= region.level)
      throw new OrganError(
        'wrong-level',
        `${region.name}（${LEVELS[region.level]}）的上级区划${above.name}是${LEVELS[above.level]}，须是更高的层级。`,
      );
  }
}

function parentOf(organ: Organ, organs: ReadonlyMap<string, Organ>): Organ | undefined {
  if (organ.parent === undefined) return undefined;
  const above = organs.get(organ.parent);
  if (above === undefined)
    throw new OrganError(
      'parent-not-found',
      `${organ.name}的上级机关 ${organ.parent} 还没有登记，请先登记它，或放进同一份草稿。`,
    );
  if (above.abolished === true && organ.abolished !== true)
    throw new OrganError('abolished', `${organ.name}的上级机关${above.name}已撤销，请改写上级。`);
  return above;
}

function requireSuccessor(organ: Organ, after: Organ | undefined, key: string): void {
  if (after === undefined)
    throw new OrganError(
      'successor-not-found',
      `承接${organ.name}职责的机关 ${key} 还没有登记，请先登记它，或放进同一份草稿。`,
    );
  if (after.key === organ.key || after.abolished === true)
    throw new OrganError('abolished', `${after.name}已撤销，不能承接${organ.name}的职责。`);
}
