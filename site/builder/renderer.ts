// Entry of the compiled site (compile.ts): what the build plans and renders pages with. No page imports it.
import { createApp } from 'astro/app/entrypoint';
import { inputState, recordingReads, withOrganInScope } from '../src/published/reads.ts';

// Whatever a page of the last build read must have its digest now, before any page asks for it.
import.meta.glob(['../src/published/*.ts', '!../src/published/*.spec.ts'], { eager: true });

/** A kind of address: one file of src/pages. */
export interface Route {
  /** path of its source, `src/pages/…` */
  readonly component: string;
  /** its addresses stand below an organ each, and can be planned for one organ alone */
  readonly ofOrgan: boolean;
}

export interface PlannedPage {
  /** path of the address, `/…/` or for a file `/….csv` */
  readonly address: string;
  /** below the output folder */
  readonly file: string;
  readonly component: string;
  /** whether people go there: a page, no file and no error page */
  readonly isPage: boolean;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly props: unknown;
}

type Manifest = ReturnType<typeof createApp>['manifest'];
type RouteData = Manifest['routes'][number]['routeData'];
interface PageModule {
  readonly getStaticPaths?: (options: unknown) => unknown;
}
interface StaticPath {
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly props?: unknown;
}

const app = createApp({ streaming: false });
// Astro answers an error with a page of its own; a build must end with the error.
app.renderError = (_request, { error, status }) => {
  throw error instanceof Error ? error : new Error(`status ${status}`);
};

const loaders = app.manifest.pageMap ?? new Map<string, never>();
const known = new Map<
  string,
  { routeData: RouteData; load: () => Promise<PageModule>; current?: StaticPath }
>();
for (const { routeData } of app.manifest.routes) {
  const { component } = routeData;
  const loader = loaders.get(component);
  if (!component.startsWith('src/pages/') || loader === undefined) continue;
  const route: { routeData: RouteData; load: () => Promise<PageModule>; current?: StaticPath } = {
    routeData,
    // Astro's type leaves out what a page's own code exports.
    load: async () => (await loader()).page() as Promise<PageModule>,
  };
  known.set(component, route);
  if (routeData.pathname !== undefined) continue;
  // Astro asks a prerendered page for all its addresses before it renders one. It is told the one that is rendered.
  routeData.prerender = true;
  const loadOnce = async () => (await loader()).page();
  let loaded: ReturnType<typeof loadOnce> | undefined;
  loaders.set(component, async () => {
    const page = await (loaded ??= loadOnce());
    // Its type says what Astro calls with, not what pages write.
    return { page: () => Promise.resolve({ ...page, getStaticPaths: () => [route.current] as never }) };
  });
}

export const routes: readonly Route[] = [...known.values()].map(({ routeData: { component, params } }) => ({
  component,
  ofOrgan: params[0] === 'organ',
}));

/** Addresses of a route, and what `getStaticPaths` read to name them. */
export async function planRoute(
  component: string,
  organ?: string,
): Promise<{ pages: PlannedPage[]; names: ReadonlySet<string> }> {
  const { routeData, load } = routeOf(component);
  if (routeData.pathname !== undefined) {
    return { pages: [pageOf(routeData, { params: {} })], names: new Set() };
  }
  const { getStaticPaths } = await load();
  if (getStaticPaths === undefined) throw new Error(`${component} has no getStaticPaths`);
  const ask = (): unknown => getStaticPaths({});
  const { value, names } = await recordingReads(async () =>
    organ === undefined ? ask() : withOrganInScope(organ, ask),
  );
  // What Astro's own types promise of getStaticPaths.
  const paths = value as readonly StaticPath[];
  const pages = paths
    .filter(({ params }) => organ === undefined || params['organ'] === organ)
    .map((path) => pageOf(routeData, path));
  return { pages, names };
}

/** Bytes of a page, and what it read. One at a time: what is read belongs to the page that is being rendered. */
export async function renderPage(
  publicUrl: string,
  { component, address, params, props }: PlannedPage,
): Promise<{ bytes: Uint8Array; names: ReadonlySet<string> }> {
  const route = routeOf(component);
  route.current = { params, props };
  const { value: bytes, names } = await recordingReads(async () => {
    // A file whose ending is a parameter is to Astro an address that ends with a slash.
    const ending = address.endsWith('/') || route.routeData.pattern.test(address) ? '' : '/';
    const request = new Request(`${publicUrl}${address}${ending}`);
    const response = await app.render(request, { routeData: route.routeData });
    const expected = route.routeData.route === '/404' ? 404 : 200;
    if (response.status !== expected) throw new Error(`status ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  });
  return { bytes, names };
}

export { inputState };

function routeOf(component: string) {
  const route = known.get(component);
  if (route === undefined) throw new Error(`no page ${component}`);
  return route;
}

function pageOf({ component, segments, type, route }: RouteData, { params, props }: StaticPath): PlannedPage {
  const path = segments
    .map((segment) =>
      segment
        .map(({ dynamic, content }) => (dynamic ? (params[content.replace(/^\.\.\./, '')] ?? '') : content))
        .join(''),
    )
    .filter((part) => part !== '')
    .join('/');
  // A name that leads out of the folder, or that another file system would spell otherwise, is a mistake of the page.
  if (!/^(?:[\w.~@-]+\/)*[\w.~@-]*$/.test(path) || /(?:^|\/)\.\.?(?:\/|$)/.test(path)) {
    throw new Error(`${component} names an address that cannot be one: ${path}`);
  }
  const isPage = type === 'page' && route !== '/404';
  const address = type === 'page' ? `/${path}/`.replace('//', '/') : `/${path}`;
  const file =
    type !== 'page' ? path : route === '/404' ? '404.html' : `${path}/index.html`.replace(/^\//, '');
  return { address, file, component, isPage, params, props };
}
