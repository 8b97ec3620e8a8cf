/** Plug-ins of a platform team. */
package com.example;
