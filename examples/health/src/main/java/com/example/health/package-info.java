/** The health verdict of the objects in a YAML or JSON stream. */
package com.example.health;
