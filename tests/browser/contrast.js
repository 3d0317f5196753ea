// Every text on the page with less contrast than 4.5 to 1 against what lies behind it.
() => {
  const parse = (colour) => {
    const numbers = colour.match(/[\d.]+/g).map(Number);
    return [...numbers.slice(0, 3), numbers.length > 3 ? numbers[3] : 1];
  };
  const over = (front, back) =>
    [0, 1, 2].map((i) => front[i] * front[3] + back[i] * (1 - front[3])).concat([1]);
  const luminance = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (element.closest(":disabled")) continue; // a control that is off is exempt (WCAG 1.4.3)
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const isSeen = text && box.width > 1 && box.height > 1 && style.visibility !== "hidden";
    if (!isSeen || !style.color.startsWith("rgb")) continue;
    let opacity = 1;
    const grounds = [];
    for (let each = element; each; each = each.parentElement) {
      const here = getComputedStyle(each);
      opacity *= Number(here.opacity);
      grounds.unshift(parse(here.backgroundColor));
    }
    const ground = grounds.reduce((below, above) => over(above, below), [255, 255, 255, 1]);
    if (opacity === 0) continue; // not shown, only measured by the layout
    const front = parse(style.color);
    front[3] *= opacity;
    const [one, other] = [luminance(over(front, ground)), luminance(ground)];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) faint.push(`${contrast.toFixed(2)} ${text.slice(0, 60)}`);
  }
  return faint;
};
