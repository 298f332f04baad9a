import { expect, test } from 'vitest';
import { serverArguments } from './server-parameters.js';

const folders = { dataDirectory: '/d', socketDirectory: '/with, "quotes"' };

test('lets the caller change parameters but not who can connect', () => {
  const args = serverArguments(folders, { fsync: 'off', listen_addresses: '*', unix_socket_permissions: '0777' });
  expect(args.slice(0, 2)).toEqual(['-D', '/d']);
  expect(args).toContain('fsync=off');
  expect(args.filter((arg) => /^(listen|unix)/.test(arg))).toEqual([
    'listen_addresses=',
    'unix_socket_permissions=0700',
    'unix_socket_directories="/with, ""quotes"""',
  ]);
});
