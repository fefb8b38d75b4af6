import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { parse } from 'yaml';
import { Config } from '../model/config.ts';
import { BUNDLE_FOLDER } from './bundle.ts';
import { PAGE_KINDS, PAGE_ROUTE } from './page.ts';

/**
 * The Astro integration. Astro compiles the pages of the package, and whatever pages a provider adds of its own; which
 * pages of ours exist, and what is in them, is decided afterwards, so that Astro runs only when a template changed.
 * `astro build` publishes the whole site; `cartulary build` does the same and starts Astro only when it must.
 * `root` is the provider's repository, where that is not Astro's own root.
 */
export default function cartulary(options: { root?: URL } = {}): AstroIntegration {
  let publishTo: URL | undefined;
  let root = options.root;
  return {
    name: 'cartulary',
    hooks: {
      'astro:config:setup': async ({ command, config, injectRoute, updateConfig, logger }) => {
        if (command === 'dev') logger.warn('The texts are shown by `cartulary dev`; this server shows only your own pages.');
        root ??= config.root;
        const bundle = new URL(`${BUNDLE_FOLDER}/`, root);
        // `cartulary build` asks for the bundle itself; for `astro build` the site goes where Astro would have put it.
        publishTo = config.outDir.href === bundle.href ? undefined : config.outDir;
        const address = await siteAddress(root);
        for (const kind of PAGE_KINDS) {
          injectRoute({ pattern: `/${PAGE_ROUTE}/${kind}`, entrypoint: pageFile(kind), prerender: false });
        }
        updateConfig({
          ...(address && { site: address.origin, base: address.pathname }),
          outDir: bundle,
          // An integration that sets an adapter must also be named as one.
          adapter: { name: 'cartulary', hooks: {} },
          compressHTML: false,
          devToolbar: { enabled: false },
          image: { service: { entrypoint: 'astro/assets/services/noop' } },
          build: { inlineStylesheets: 'never', client: new URL('client/', bundle), server: new URL('server/', bundle) },
          vite: { build: { assetsInlineLimit: 0 }, ssr: { noExternal: true }, environments: { prerender: { resolve: { noExternal: true } } } },
        });
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

/** Pages ship as source beside the compiled package, in `src/site/pages`. */
const pageFile = (kind: string) => new URL(`../../src/site/pages/${kind}.astro`, import.meta.url);

async function siteAddress(root: URL): Promise<URL | undefined> {
  const text = await readFile(new URL('cartulary.yaml', root), 'utf8').catch(() => '');
  const site = Config.shape.site.safeParse((parse(text, { schema: 'failsafe' }) as { site?: unknown } | null)?.site);
  return site.success ? new URL(`${site.data}/`) : undefined;
}
