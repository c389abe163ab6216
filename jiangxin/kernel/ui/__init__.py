"""The look of the whole house: components, layouts, form rendering, icons, charts and display modes."""
