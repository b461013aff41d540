for (const input of document.querySelectorAll("input[type=search]")) {
  const table = document.getElementById(input.dataset.table);
  const found = document.getElementById(table.dataset.found);
  const rows = [...table.tBodies[0].rows].map((row) => [row, row.textContent.toLowerCase()]);
  input.addEventListener("input", () => {
    const parts = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [row, text] of rows) {
      row.hidden = !parts.every((part) => text.includes(part));
      count += !row.hidden;
    }
    found.textContent = table.dataset.rows.replace("{count}", count);
  });
}
