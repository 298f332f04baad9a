import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ConfigError } from './config-error.js';
import { loadConfig } from './load-config.js';
import { defineSettings } from './settings-section.js';
import { bytes, integer, oneOf, port, secret, text } from './value-types.js';
import { variable } from './variable.js';

const portVariable = variable('STOWAGE_PORT', { type: port(), default: '8080', meaning: '' });
const listen = defineSettings({ port: portVariable, host: variable('STOWAGE_HOST', { type: text(), meaning: '' }) });
const quota = defineSettings({
  limit: variable('STOWAGE_DEFAULT_QUOTA_BYTES', { type: bytes(), default: '5', meaning: '' }),
});
const password = defineSettings({
  password: variable('STOWAGE_ADMIN_PASSWORD', { type: secret(), meaning: '' }),
});

function problemsOf(sections: Parameters<typeof loadConfig>[0], environment: Record<string, string>): string[] {
  try {
    loadConfig(sections, environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message.split('\n');
  }
  return expect.fail('the configuration was accepted');
}

test('gives typed values by section, defaults where nothing is set, frozen throughout', () => {
  const config = loadConfig({ listen, quota }, { STOWAGE_PORT: '9000', STOWAGE_HOST: '', PATH: '/bin' });
  expect(config).toEqual({ listen: { port: 9000, host: undefined }, quota: { limit: 5 } });
  expect(config.listen.port.toFixed()).toBe('9000');
  expect(Object.isFrozen(config)).toBe(true);
  expect(() => Object.assign(config.listen, { port: 1 })).toThrow(TypeError);
});

test('names every bad variable once and what is allowed, and no value', () => {
  const shared = defineSettings({
    port: portVariable,
    mode: variable('STOWAGE_SIGNUP', { type: oneOf(['a', 'b', 'c']), meaning: '' }),
  });
  const lines = problemsOf(
    { listen, shared, quota },
    { STOWAGE_PORT: 'hunter2', STOWAGE_SIGNUP: 'hunter2', STOWAGE_DEFAULT_QUOTA_BYTES: '10GB' },
  );
  expect(lines).toEqual([
    'STOWAGE_PORT must be a port from 1 to 65535',
    'STOWAGE_SIGNUP must be a, b or c',
    'STOWAGE_DEFAULT_QUOTA_BYTES must be a whole number of bytes of at least 0',
  ]);
});

test.for([
  ['STOWAGE_PROT', 'did you mean STOWAGE_PORT?'],
  ['STOWAGE_DATABSE_URL', 'did you mean STOWAGE_DATABASE_URL?'],
  ['STOWAGE_SIGN_UP', 'did you mean STOWAGE_SIGNUP?'],
  ['STOWAGE_ADMIN_PASSWORD_FIEL', 'did you mean STOWAGE_ADMIN_PASSWORD_FILE?'],
  ['STOWAGE_PORT_FILE', 'did you mean STOWAGE_PORT?'],
  ['STOWAGE_COMPLETELY_OFF', 'the README lists the variables'],
])('refuses %s: %s', ([name, advice]) => {
  expect(problemsOf({ listen }, { [name!]: 'x' })).toEqual([`${name} is not a variable of Stowage: ${advice}`]);
});

test('knows the variables of other processes, of tests and tools, and leaves others alone', () => {
  const environment = {
    STOWAGE_GC_INTERVAL: '5',
    STOWAGE_TEST_URL: 'x',
    STOWAGE_E2E_SKIPS: 'x',
    STOWAGE_TOKEN: 'x',
    STOWED: 'x',
    stowage_port: 'x',
  };
  expect(loadConfig({ listen }, environment).listen.port).toBe(8080);
});

test('keeps a secret out of everything that prints it', () => {
  const config = loadConfig({ password }, { STOWAGE_ADMIN_PASSWORD: 'hunter2' });
  expect(config.password.password?.reveal()).toBe('hunter2');
  for (const printed of [
    inspect(config, { depth: 9, showHidden: true }),
    JSON.stringify(config),
    String(config.password.password),
  ]) {
    expect(printed).toContain('[redacted]');
    expect(printed).not.toContain('hunter2');
  }
});

test('lets a section judge its values together, in its own words', () => {
  const strict = defineSettings(
    { n: variable('STOWAGE_PORT', { type: integer('a number'), default: '1', meaning: '' }) },
    ({ n }, refuse) => (n > 1 ? refuse(portVariable, 'STOWAGE_PORT is too much') : n),
  );
  expect(loadConfig({ strict }, {}).strict).toBe(1);
  expect(problemsOf({ strict }, { STOWAGE_PORT: '2' })).toEqual(['STOWAGE_PORT is too much']);
});
