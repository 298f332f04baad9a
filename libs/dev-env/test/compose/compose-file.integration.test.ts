import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  administratorSettings,
  databaseSettings,
  gcSettings,
  listenSettings,
  listVariables,
  loadConfig,
  logSettings,
  publicUrlSettings,
  signUpSettings,
  storageSettings,
} from '@stowage/config';
import { expect, test } from 'vitest';
import {
  COMPOSE_FILE,
  type ComposeService,
  environmentOf,
  interpolate,
  MissingVariableError,
  readComposeFile,
} from './compose-file.js';

const file = readComposeFile();
const services = Object.entries(file.services);
const apps = services.filter(([, { build }]) => build !== undefined);
const required = { POSTGRES_PASSWORD: 'pg4you', S3_SECRET_ACCESS_KEY: 'keyforyou' };
const { scripts } = JSON.parse(readFileSync(path.join(path.dirname(COMPOSE_FILE), 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

test('starts each app with its script, all from one image', () => {
  expect(apps.map(([name]) => name).toSorted()).toEqual(['api', 'auth', 'registry', 'worker']);
  for (const [name, { command, image, build }] of apps) {
    expect(command).toBe(`npm run start:${name}`);
    expect(scripts).toHaveProperty(`start:${name}`);
    expect({ image, build }).toEqual({ image: apps[0]?.[1].image, build: apps[0]?.[1].build });
  }
});

test('builds the image with scripts that exist', () => {
  const used = [...(apps[0]?.[1].build?.dockerfile_inline ?? '').matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name);
  expect(used).toContain('build');
  for (const name of used) expect(scripts).toHaveProperty(name ?? '');
});

test.each(apps)('gives %s a configuration that it accepts', (_, service) => {
  const sections = {
    listen: listenSettings,
    publicUrl: publicUrlSettings,
    database: databaseSettings,
    storage: storageSettings,
    administrator: administratorSettings,
    signUp: signUpSettings,
    gc: gcSettings,
    log: logSettings,
  };
  const config = loadConfig(sections, environmentOf(service, required));
  expect(config.listen.host).toBe('0.0.0.0');
  expect(config.storage).toMatchObject({ driver: 's3', redirect: false });
  const database = new URL(config.database.url?.reveal() ?? '');
  expect([database.hostname, database.password]).toEqual(['postgres', required.POSTGRES_PASSWORD]);
  expect(file.services).toHaveProperty(database.hostname);
});

test('knows every variable of ours that it sets', () => {
  const known = listVariables().map(({ name }) => name);
  const set = new Set(services.flatMap(([, { environment = {} }]) => Object.keys(environment)));
  expect([...set].filter((name) => name.startsWith('STOWAGE_') && !known.includes(name))).toEqual([]);
});

test('has no password of its own: whoever starts it is asked for each', () => {
  const missing = new Set<string>();
  for (const [, service] of services) {
    try {
      environmentOf(service, {});
    } catch (error) {
      expect(error).toBeInstanceOf(MissingVariableError);
      expect((error as MissingVariableError).message).toMatch(/\S/);
      missing.add((error as MissingVariableError).variable);
    }
  }
  expect([...missing].toSorted()).toEqual(Object.keys(required).toSorted());
  const secrets = services.flatMap(([, { environment = {} }]) =>
    Object.entries(environment).filter(([name]) => /PASSWORD|SECRET|DATABASE_URL/.test(name)),
  );
  expect(secrets.length).toBeGreaterThan(0);
  for (const [name, value] of secrets) expect(String(value), name).toMatch(/\$\{\w+:\?/);
});

test('gives the database and the S3 service the keys that the apps come with', () => {
  const app = environmentOf(file.services['registry'] as ComposeService, required);
  const database = new URL(app['STOWAGE_DATABASE_URL'] ?? '');
  expect(environmentOf(file.services['postgres'] as ComposeService, required)).toEqual({
    POSTGRES_USER: database.username,
    POSTGRES_DB: database.pathname.slice(1),
    POSTGRES_PASSWORD: database.password,
  });
  expect(environmentOf(file.services['s3'] as ComposeService, required)).toEqual({
    ROOT_ACCESS_KEY: app['STOWAGE_S3_ACCESS_KEY_ID'],
    ROOT_SECRET_KEY: app['STOWAGE_S3_SECRET_ACCESS_KEY'],
  });
});

test('waits for services that say when they are ready', () => {
  for (const [name, { depends_on = {} }] of services) {
    for (const [other, { condition }] of Object.entries(depends_on)) {
      expect(condition, `${name} waits for ${other}`).toBe('service_healthy');
      expect(file.services[other]?.healthcheck?.test, other).toBeDefined();
    }
  }
});

test('sends every path to a service that listens on that port', () => {
  const upstreams = [...(file.configs['caddyfile']?.content ?? '').matchAll(/dynamic a (\S+) (\d+)/g)];
  expect(upstreams.map(([, name]) => name)).toEqual(['registry', 'auth', 'api']);
  for (const [, name = '', port] of upstreams)
    expect(file.services[name]?.environment?.['STOWAGE_PORT']).toBe(Number(port));
});

test('declares what it mounts, and opens no port but the one of the proxy', () => {
  const volumes = services.flatMap(([, service]) => (service.volumes ?? []).map((mount) => mount.split(':')[0]));
  expect(volumes.toSorted()).toEqual(Object.keys(file.volumes).toSorted());
  const configs = services.flatMap(([, service]) => (service.configs ?? []).map(({ source }) => source));
  expect(configs).toEqual(Object.keys(file.configs));
  const open = services.flatMap(([name, { ports = [] }]) => ports.map((port) => [name, interpolate(port, {})]));
  expect(open).toEqual([['proxy', '127.0.0.1:8080:8080']]);
});
