import { expect, test } from 'vitest';
import {
  boolean,
  bytes,
  networks,
  origin,
  origins,
  port,
  seconds,
  text,
  url,
  urls,
  type ValueType,
} from './value-types.js';

interface Case {
  readonly type: ValueType<unknown>;
  readonly good: readonly (readonly [string, unknown])[];
  readonly bad: readonly string[];
}

const cases: Record<string, Case> = {
  port: {
    type: port(),
    good: [
      ['1', 1],
      ['8080', 8080],
      ['65535', 65_535],
    ],
    bad: ['0', '65536', '-1', '80.5', '8e3', '0x50', ' 80', '80\n', '８０'],
  },
  seconds: { type: seconds({ min: 60 }), good: [['60', 60]], bad: ['59', '1m', ''] },
  bytes: {
    type: bytes(),
    good: [
      ['0', 0],
      ['10737418240', 10_737_418_240],
    ],
    bad: ['10GiB', '1e9', '9007199254740993', '-1'],
  },
  boolean: {
    type: boolean(),
    good: [
      ['true', true],
      ['false', false],
    ],
    bad: ['1', 'yes', 'TRUE'],
  },
  text: { type: text(), good: [['a b', 'a b']], bad: ['', 'a\nb', 'a\0'] },
  url: {
    type: url(['postgresql', 'postgres']),
    good: [['postgresql://u:p@h/d', 'postgresql://u:p@h/d']],
    bad: ['http://h/d', 'postgresql://', 'h', 'postgresql:h'],
  },
  urls: {
    type: urls(['http', 'https']),
    good: [['https://a.example/x, http://127.0.0.1:9', ['https://a.example/x', 'http://127.0.0.1:9']]],
    bad: ['a.example', 'https://a.example,', 'ftp://a.example', 'https://a.example,x'],
  },
  origin: {
    type: origin(),
    good: [
      ['https://r.example.com', 'https://r.example.com'],
      ['https://R.example.com:443/', 'https://r.example.com'],
      ['http://[::1]:8080', 'http://[::1]:8080'],
    ],
    bad: ['r.example.com', 'https://r/path', 'https://r?x', 'https://r/#', 'https://u@r', 'ftp://r', 'https://'],
  },
  origins: {
    type: origins(),
    good: [['https://a.example, http://localhost:5173', ['https://a.example', 'http://localhost:5173']]],
    bad: ['*', 'https://a.example,', 'null', 'https://a.example/x'],
  },
  networks: {
    type: networks(),
    good: [
      ['10.0.0.0/8', ['10.0.0.0/8']],
      ['192.0.2.1, fd00::/8', ['192.0.2.1', 'fd00::/8']],
    ],
    bad: ['10.0.0.0/33', '10.0.0', 'proxy', '10.0.0.1,', 'fd00::/129', '1.2.3.4/8/8', 'loopback'],
  },
};

test.for(Object.entries(cases))('reads %s', ([, { type, good, bad }]) => {
  for (const [input, value] of good) expect(type.schema.parse(input)).toEqual(value);
  for (const input of bad) expect(type.schema.safeParse(input).success, input).toBe(false);
});
