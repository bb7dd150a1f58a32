"""Addresses of the design system."""

from django.urls import path

from kaname.ui.web import views

app_name = "ui"
urlpatterns = [
    path("", views.components, name="components"),
    path("palette/", views.palette, name="palette"),
    path("components/why/", views.sample_why, name="sample_why"),
    path("components/peek/", views.sample_peek, name="sample_peek"),
    path("components/cell/", views.sample_cell, name="sample_cell"),
    path("components/options/", views.sample_options, name="sample_options"),
    path("components/neighbours/", views.sample_neighbours, name="sample_neighbours"),
    path("components/error/", views.sample_error, name="sample_error"),
]
