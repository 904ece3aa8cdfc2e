/** By what a search can be narrowed. */
export const FACETS = ['list', 'category', 'organ', 'region', 'level', 'state', 'section'] as const;
export type Facet = (typeof FACETS)[number];
/** What is chosen; a facet that is absent lets everything through. */
export type Choice = Readonly<Partial<Record<Facet, string>>>;
