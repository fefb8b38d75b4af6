import { parseArgs } from 'node:util';
import { Oid } from '../model/document.ts';
import { listTerritory } from '../model/service-entry.ts';
import { readInstant } from '../read/workspace.ts';
import { type Command, type Io, UsageError } from './main.ts';

/** `cartulary trusted-list`: fetches trusted lists, shows what is held of them, and proves the qualified status of services. */
export const trustedList: Command = {
  summary: 'Fetch trusted lists, show them, and prove qualified status from them.',
  usage: `cartulary trusted-list update [--from <address>] [--countries AT,DE]
cartulary trusted-list show [<country>] [--provider <name>] [--at <date or instant>] [--json]
cartulary trusted-list prove [<service or policy OID>] [--at <date or instant>] [--json]
cartulary trusted-list prove --certificate <file> [--at <date or instant>] [--json]

  update       fetches the list of the lists, its pivots and the lists of the countries of content/services.yaml into
               content/trusted-lists, and proves each before anything is written: all or nothing. It decides nothing
               else; anchors change only by hand, and no other command fetches lists
  --from       where the list of the lists is; by default where the snapshot has it from, else at the Commission
  --countries  these countries instead of those of the declared services and of the snapshot

  show         what the lists say that are held: each list with its number, dates and signer; of a country or provider
               all services with their states
  --provider   providers of this name, trade name or registration number

  prove        what the lists prove of the services of content/services.yaml and their policies, version by version, step by
               step by ETSI TS 119 615: at first issuance, and at the date that is asked for
  --certificate  of this certificate instead: its issuers are in the file, in content/certificates or in the lists
  --at         at this date or instant instead of now

Exit codes: update: 0 written, 1 a list is refused, 2 could not run. show: 0 all lists are proved, 1 not all, 2 could not
run. prove: 0 confirmed as declared, or the certificate as qualified; 1 not; 2 could not run.`,
  async run(args, io) {
    const [action, ...rest] = args;
    if (action === 'update') return runUpdate(rest, io);
    if (action === 'show') return runShow(rest, io);
    if (action === 'prove') return runProve(rest, io);
    throw new UsageError(`Say what to do: update, show or prove${action === undefined ? '' : `, not "${action}"`}.`);
  },
};

async function runUpdate(args: readonly string[], io: Io): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { from: { type: 'string' }, countries: { type: 'string' } } });
  const { from } = values;
  if (from !== undefined && !(URL.canParse(from) && /^https?:$/.test(new URL(from).protocol)))
    throw new UsageError(`"${from}" is no address of HTTP or HTTPS.`);
  const countries = values.countries?.split(',').map(readCountry);
  const { updateLists } = await import('./trusted-list-update.ts');
  return updateLists({ from, countries: countries && [...new Set(countries)] }, io);
}

async function runShow(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { provider: { type: 'string' }, at: { type: 'string' }, json: { type: 'boolean' } },
  });
  const [country, ...more] = positionals;
  if (more.length > 0) throw new UsageError('Name one country.');
  const { showLists } = await import('./trusted-list-show.ts');
  return showLists(
    { country: country === undefined ? undefined : readCountry(country), provider: values.provider, json: values.json },
    await readAt(values.at, io),
    io,
  );
}

async function runProve(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { at: { type: 'string' }, certificate: { type: 'string' }, json: { type: 'boolean' } },
  });
  const [wanted, ...more] = positionals;
  if (more.length > 0) throw new UsageError('Name one service or one policy.');
  if (wanted !== undefined && values.certificate !== undefined)
    throw new UsageError('A certificate is proved by itself: name a service or policy, or --certificate.');
  const at = await readAt(values.at, io);
  if (values.certificate !== undefined) {
    const { proveCertificate } = await import('./trusted-list-certificate.ts');
    return proveCertificate(values.certificate, { at, json: values.json }, io);
  }
  const { proveDeclared } = await import('./trusted-list-prove.ts');
  return proveDeclared(wanted === undefined ? {} : Oid.safeParse(wanted).success ? { policy: wanted } : { service: wanted }, { at, json: values.json }, io);
}

function readCountry(text: string): string {
  const country = listTerritory(text.trim());
  if (!/^[A-Z]{2}$/.test(country)) throw new UsageError(`"${text}" is no country such as AT.`);
  return country;
}

async function readAt(text: string | undefined, io: Io) {
  const at = text === undefined ? io.now : await readInstant(io.folder, text);
  if (!at) throw new UsageError(`"${text}" is neither a date (2024-08-01) nor an instant (2024-08-01T09:00:00Z).`);
  return at;
}
