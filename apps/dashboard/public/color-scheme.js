// A file of its own, loaded before the first paint: the content security policy refuses inline scripts,
// and without it a page in the dark scheme would flash white.
(() => {
  let choice = 'auto';
  try {
    choice = localStorage.getItem('stowage-color-scheme') || 'auto';
  } catch {
    // Storage can be blocked; the system's scheme is then the answer.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
