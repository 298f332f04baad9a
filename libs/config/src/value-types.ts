import { isIP } from 'node:net';
import { z } from 'zod';
import { Secret } from './secret.js';

/** How the text of a variable becomes a value. `allowed` completes the sentence "<variable> must be …". */
export interface ValueType<T> {
  readonly allowed: string;
  readonly schema: z.ZodType<T, string>;
  readonly isSecret?: boolean;
}

export function text(allowed = 'one line of text'): ValueType<string> {
  return { allowed, schema: z.string().regex(/^[^\r\n\0]+$/) };
}

export function oneOf<const T extends string>(values: readonly T[]): ValueType<T> {
  return { allowed: values.join(', ').replace(/, ([^,]+)$/, ' or $1'), schema: z.enum(values) };
}

export function boolean(): ValueType<boolean> {
  return { allowed: 'true or false', schema: z.enum(['true', 'false']).transform((value) => value === 'true') };
}

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

export function integer(what: string, { min = 0, max = Number.MAX_SAFE_INTEGER }: Bounds = {}): ValueType<number> {
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  const schema = z
    .string()
    .regex(/^\d{1,16}$/)
    .transform(Number)
    .pipe(z.number().int().min(min).max(max));
  return { allowed: `${what} ${range}`, schema };
}

export function port(): ValueType<number> {
  return integer('a port', { min: 1, max: 65_535 });
}

export function seconds(bounds: Bounds = {}): ValueType<number> {
  return integer('a whole number of seconds', bounds);
}

export function bytes(bounds: Bounds = {}): ValueType<number> {
  return integer('a whole number of bytes', bounds);
}

/** An absolute URL with one of these schemes and a host. */
export function url(schemes: readonly string[]): ValueType<string> {
  return {
    allowed: `a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    schema: z.string().refine((value) => {
      const parsed = URL.parse(value);
      return parsed !== null && schemes.includes(parsed.protocol.slice(0, -1)) && parsed.host !== '';
    }),
  };
}

/** Addresses and networks in CIDR notation, with commas between. */
export function networks(): ValueType<readonly string[]> {
  return {
    allowed: 'addresses and networks such as 10.0.0.0/8, with commas between',
    schema: z
      .string()
      .transform((value) => value.split(',').map((network) => network.trim()))
      .refine((list) => list.every(isNetwork)),
  };
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** URLs with commas between, each exactly as it stands. */
export function urls(schemes: readonly string[]): ValueType<readonly string[]> {
  const one = url(schemes);
  return {
    allowed: one.allowed.replace('a URL that starts', 'URLs that start') + ', with commas between',
    schema: z
      .string()
      .transform((value) => value.split(',').map((part) => part.trim()))
      .refine((list) => list.every((part) => one.schema.safeParse(part).success)),
  };
}

/** Scheme, host and port, nothing behind them. The value is in its canonical form: no slash, no default port. */
export function origin(): ValueType<string> {
  return {
    allowed: 'an origin such as https://registry.example.com, without a path',
    schema: z
      .string()
      .refine(isOrigin)
      .transform((value) => new URL(value).origin),
  };
}

/** Some of them, with commas between. */
export function origins(): ValueType<readonly string[]> {
  const one = origin();
  return {
    allowed: 'origins such as https://console.example.com, with commas between',
    schema: z
      .string()
      .transform((value) => value.split(',').map((each) => each.trim()))
      .pipe(z.array(one.schema)),
  };
}

function isOrigin(value: string): boolean {
  const parsed = URL.parse(value);
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) return false;
  // What stands behind the host comes back as at least a slash; a name or password would stand before it.
  return parsed.href === `${parsed.origin}/` && !/[?#]/.test(value);
}

/** May be given as `<NAME>_FILE` as well. */
export function secret(type: ValueType<string> = text()): ValueType<Secret> {
  return { ...type, schema: type.schema.transform((value) => new Secret(value)), isSecret: true };
}
