"""The screens. They wire and show; whatever is decided goes to the service, and no rule of incident response is here.

What a person reads from a playbook, a scenario or a form is data: it is shown as it stands, never as markup.
"""
