import { fileURLToPath } from 'node:url';
import type { AstroIntegration, HookParameters } from 'astro';
import { readConfiguration } from '../read/workspace.ts';
import { ASSETS_PLACE, BUNDLE_FOLDER, SHIPPED_BUNDLE } from './bundle.ts';
import { PAGE_KINDS, PAGE_ROUTE } from './page.ts';

/**
 * The Astro integration. Astro compiles the pages of the package, and whatever pages a provider adds of its own; which
 * pages of ours exist, and what is in them, is decided afterwards, so that Astro runs only when a template changed.
 * `astro build` publishes the whole site; `cartulary build` does the same and starts Astro only when it must.
 */
export default function cartulary(): AstroIntegration {
  let publishTo: URL | undefined;
  let root: URL | undefined;
  return {
    name: 'cartulary',
    hooks: {
      'astro:config:setup': async ({ command, config, injectRoute, updateConfig, logger }) => {
        if (command === 'dev') logger.warn('The texts are shown by `cartulary dev`; this server shows only your own pages.');
        root = config.root;
        const own = new URL(`${BUNDLE_FOLDER}/`, root);
        const shipping = config.outDir.href === SHIPPED_BUNDLE.href;
        // `cartulary build` asks for the bundle itself; for `astro build` the site goes where Astro would have put it.
        publishTo = shipping || config.outDir.href === own.href ? undefined : config.outDir;
        for (const kind of PAGE_KINDS) {
          injectRoute({ pattern: `/${PAGE_ROUTE}/${kind}`, entrypoint: pageFile(kind), prerender: false });
        }
        updateConfig(shipping ? settings(SHIPPED_BUNDLE, { assetsPrefix: ASSETS_PLACE }) : { ...settings(own), ...(await siteAddress(root)) });
      },
      'astro:config:done': ({ setAdapter }) => {
        setAdapter({
          name: 'cartulary',
          entrypointResolution: 'auto',
          serverEntrypoint: new URL('./server.js', import.meta.url),
          supportedAstroFeatures: {
            staticOutput: 'stable',
            hybridOutput: 'stable',
            serverOutput: 'stable',
            sharpImageService: { support: 'limited', message: 'Pictures are published as they are.', suppress: 'all' },
          },
        });
      },
      'astro:build:done': async ({ logger }) => {
        if (!publishTo || !root) return;
        const { publishRepository } = await import('./publish-site.ts');
        const result = await publishRepository({ root: fileURLToPath(root), folder: fileURLToPath(publishTo), compiled: true });
        for (const line of result.messages) logger.info(line);
        if (!result.published) throw new Error('Nothing was published: run `cartulary check`.');
      },
    },
  };
}

type Settings = Parameters<HookParameters<'astro:config:setup'>['updateConfig']>[0];

/** No inline script or style, so that the Content-Security-Policy can forbid them; no white space or picture touched. */
function settings(bundle: URL, build: Settings['build'] = {}): Settings {
  return {
    outDir: bundle,
    // An integration that sets an adapter must also be named as one.
    adapter: { name: 'cartulary', hooks: {} },
    compressHTML: false,
    devToolbar: { enabled: false },
    image: { service: { entrypoint: 'astro/assets/services/noop' } },
    build: { ...build, inlineStylesheets: 'never', client: new URL('client/', bundle), server: new URL('server/', bundle) },
    vite: {
      build: { assetsInlineLimit: 0 },
      // The bundle stands alone, wherever a package manager puts Astro's own dependencies.
      ssr: { noExternal: true },
      // A script finds its worker beside itself, whatever the site's address turns out to be.
      worker: { format: 'es' },
      experimental: { renderBuiltUrl: (_file: string, { ssr }: { ssr: boolean }) => (ssr ? undefined : { relative: true }) },
    },
  };
}

/** Pages ship as source beside the compiled package, in `src/site/pages`. */
const pageFile = (kind: string) => new URL(`../../src/site/pages/${kind}.astro`, import.meta.url);

/** Astro's own pages are to have the address that the configuration names. */
async function siteAddress(root: URL): Promise<Settings> {
  const { config } = await readConfiguration(fileURLToPath(root));
  if (!config) return {};
  const address = new URL(`${config.site}/`);
  return { site: address.origin, base: address.pathname };
}
