// Taking over what somebody else has saved meanwhile, field by field.
import { on } from "kaname/on";

on("click", "[data-take]", (button) => {
  const field = document.getElementById(button.dataset.take);
  if (!field) return;
  if (field.type === "checkbox") field.checked = button.dataset.value !== "";
  else field.value = button.dataset.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  button.closest("tr").classList.add("taken");
  button.disabled = true;
  field.focus();
});
