import type { Page } from 'playwright-core';
import type { Person } from './management-api.js';

/** Signs in as people do; resolves on the page that comes after it. */
export async function signInOn(
  page: Page,
  url: string,
  { username, password }: Pick<Person, 'username' | 'password'>,
): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('Username or e-mail').fill(username);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(`${url}/`);
}
