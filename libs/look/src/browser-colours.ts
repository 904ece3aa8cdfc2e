/** What a browser paints around the page (`theme-color`): the accent by day, the ground by night. */
export const BROWSER_COLOURS = { light: '#0f5f56', dark: '#151a1f' } as const;
