import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { runCheck } from '../check/run.ts';
import { toInstant } from '../model/time.ts';
import { openWorkspace } from '../read/workspace.ts';
import { type Bundle, bundleStamp, compileBundle, loadBundle } from '../site/bundle.ts';
import { readPlain } from '../site/comparisons.ts';
import { prepareChanges } from '../site/prepare-changes.ts';
import { type PageRoute, plainJson, renderRoute } from '../site/publish-site.ts';
import { listRoutes } from '../site/routes.ts';
import { type Answer, serve, typeOf } from '../site/serve.ts';
import { createTexts } from '../site/texts.ts';
import { draftPage, draftPath, draftsPage } from '../site/views/draft.ts';
import type { Command } from './main.ts';
import { readPort } from './preview.ts';

/** `cartulary dev`: the work tree as it is, its drafts with their findings, beside the published site. */
export const dev: Command = {
  summary: 'Show the work tree with its findings while you write.',
  usage: `cartulary dev [--port <number>]

  --port  default 4321; 0 takes any free one

The page /dev/ lists the texts of the work tree; each shows its findings in place. Reload after a change.`,
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { port: { type: 'string', default: '4321' } } });
    const port = readPort(values.port);
    const root = resolve(io.folder);
    const first = await readSite(root);
    await compileBundle(root, bundleStamp(root, first.workspace.config.site));
    const bundle = await loadBundle(root, first.context.frame.home);
    let site: Promise<Awaited<ReturnType<typeof readSite>>> | undefined = Promise.resolve(first);
    const changed = (_: string, name: string | null) => {
      if (name && !/^(?:\.git|\.cartulary|node_modules|dist|lib)\b/.test(name)) site = undefined;
    };
    const base = new URL(first.workspace.config.site).pathname.replace(/\/$/, '');
    const { address } = await serve(base, port, async (path) => {
      site ??= readSite(root);
      return answer(path, await site, bundle);
    });
    // Watching keeps the process alive, so it begins when nothing can fail any more.
    watch(root, { recursive: true }, changed);
    io.out(`The work tree is at ${address}dev/ (Ctrl+C ends).\n`);
    return new Promise<number>(() => undefined);
  },
};

async function readSite(root: string) {
  const opened = await openWorkspace(pathToFileURL(`${root}/`), { now: toInstant(new Date()), purpose: 'check' });
  const site = listRoutes(opened);
  const { comparisons, matrices, routes } = await prepareChanges(opened, site, { root, stamp: bundleStamp(root, opened.workspace.config.site) });
  return {
    opened,
    workspace: opened.workspace,
    context: site.context,
    comparisons,
    matrices,
    result: runCheck(opened.workspace),
    routes: new Map(routes.map((route) => [route.path, route])),
  };
}

type DevSite = Awaited<ReturnType<typeof readSite>>;

async function answer(path: string, site: DevSite, bundle: Bundle): Promise<Answer> {
  const { opened, workspace, context, result, routes } = site;
  const html = (body: string): Answer => ({ body, type: 'text/html; charset=utf-8' });
  if (path === '/dev/') return html(await bundle.render(draftsPage(context, result), context.frame));
  const draft = workspace.drafts.find((candidate) => draftPath(candidate) === path);
  if (draft) return html(await bundle.render(draftPage(context, draft, result), context.frame));
  const asset = bundle.assets.get(path);
  if (asset) return { body: await readFile(asset), type: typeOf(path) };
  const route = routes.get(path);
  if (!route) return undefined;
  if ('make' in route) return { body: route.make(), type: typeOf(path) };
  if ('text' in route) return { body: route.text, type: typeOf(path) };
  if ('page' in route) return html(await renderPage(route, site, bundle));
  if ('plain' in route) return { body: plainJson(workspace, route.plain, await readPlain(route.plain, opened)), type: typeOf(path) };
  const body = (await opened.readBytes([route.file])).get(route.file.sha256);
  return body && { body, type: typeOf(path) };
}

async function renderPage(route: PageRoute, { opened, context, comparisons, matrices }: DevSite, bundle: Bundle): Promise<string> {
  const files = route.source ? [route.source] : [];
  const texts = createTexts(opened, files, new Set(files.map(({ key }) => key)));
  try {
    return await renderRoute(route, { context, texts, comparisons, matrices }, bundle, context.frame);
  } finally {
    await texts.close();
  }
}
