/** Ends of names that no public DNS has (RFC 2606, 6761, 6762, 7686, 8375, 9476; ICANN for internal). `example` is not among them: it marks what is made up. */
const INTERNAL = /^(?:test|invalid|localhost|local|localdomain|internal|intranet|lan|home|corp|private|onion|alt)$/;
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;

/** Whether a host can be reached from everywhere: a name of at least two labels that the public DNS can have, or an address outside the private ranges. */
export function isPublicHost(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '');
  if (/^\d+(?:\.\d+){3}$/.test(name)) return isPublicV4(name.split('.').map(Number));
  if (name.includes(':')) return isPublicV6(name.toLowerCase());
  const labels = name.replace(/\.$/, '').split('.');
  const end = labels.at(-1)?.toLowerCase() ?? '';
  return (
    labels.length > 1 && name.length <= 253 && labels.every(isLabel) && !INTERNAL.test(end) && !/^\d+$/.test(end) && !name.toLowerCase().endsWith('.home.arpa')
  );
}

/** A label in the form of RFC 5890: two hyphens in the third place belong to names in A-labels alone. */
const isLabel = (label: string): boolean => LABEL.test(label) && (label.slice(2, 4) !== '--' || /^xn--[a-z0-9-]*[a-z0-9]$/i.test(label));

/** IANA's special-purpose registry, the ranges that are not globally reachable. */
function isPublicV4([a = 0, b = 0, c = 0, d = 0]: readonly number[]): boolean {
  if ([a, b, c, d].some((part) => part > 255) || a === 0 || a === 10 || a === 127 || a >= 224) return false;
  if ((a === 100 && b >= 64 && b < 128) || (a === 169 && b === 254) || (a === 172 && b >= 16 && b < 32)) return false;
  if (a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)))) return false;
  return !((a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) || (a === 203 && b === 0 && c === 113));
}

const isPublicV6 = (address: string): boolean => /^[23][0-9a-f]{3}:/.test(address) && !/^(?:2001:0?db8|3fff):/.test(address);

/** Whether a common name would be taken for a host name or an address. Lower case and dots alone make a host name. */
export function looksLikeHost(text: string): boolean {
  if (/^\d+(?:\.\d+){3}$/.test(text) || /^[0-9a-f]*:[0-9a-f:.]+$/i.test(text)) return true;
  return text.length <= 253 && /^(?:\*\.)?(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{1,62}\.?$/i.test(text);
}
